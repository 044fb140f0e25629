"""La clé du registre passe la main : ce que chacune signe, ce qui s'en relit, ce qui se refuse."""

import io
import json
from datetime import timedelta

import pytest
from django.db import connection

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import chainage, queries, releves, releves_jointes, remise
from beffroi.socle.journal.models import Ecriture, PointDeControle
from beffroi.socle.journal.services import (
    changer_la_cle,
    inscrire_la_releve_posee,
    inscrire_une_cle_perdue,
    preparer_la_releve,
    publier_la_tete,
    signer_un_point_de_controle,
)
from beffroi.socle.journal.tests.test_mutation import lever_les_gardes
from beffroi.socle.journal.tests.test_services import MIDI, ecrire
from beffroi.socle.journal.verification import relire_le_journal
from sceau import SealError, evidence, handover, log

pytestmark = pytest.mark.django_db
HEURE = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _un_registre(db, settings, tmp_path):
    settings.JOURNAL = {**settings.JOURNAL, "cle": tmp_path / "journal.txt"}
    ecrire(3)
    publier_la_tete(le=MIDI)
    ecrire(2)
    signer_un_point_de_controle(le=MIDI)


def poser(*, volee=False):
    """Ce que fait la commande."""
    neuve = log.Signer.generate(chainage.signataire().name)
    releves.fichier().write_bytes(releves.encoder(preparer_la_releve(neuve, volee=volee)))
    _fichier_de_la_cle().write_text(neuve.seed.hex(), "ascii")
    return neuve


def _fichier_de_la_cle():
    return releves.fichier().with_name("journal.txt")


def repartir():
    chainage.lire_le_signataire.cache_clear()


def relever(*, le, volee=False):
    """La commande, puis un nœud qui repart : rend la clé d'avant, qu'un voleur aurait gardée."""
    avant = chainage.signataire()
    poser(volee=volee)
    repartir()
    inscrire_la_releve_posee(le=le)
    return avant


def fautes():
    return [constat.quoi for constat in relire_le_journal() if not constat.bon]


def textes():
    return [cle.text for cle in releves.cles()]


def test_un_registre_qui_n_a_pas_change_de_cle_ne_dit_que_la_sienne():
    assert textes() == [chainage.signataire().vkey]
    assert (releves.publiees(), releves_jointes.fichiers(), releves.a_joindre()) == ([], {}, {})


@pytest.mark.moteurs
def test_l_ancienne_signe_jusqu_a_la_releve_et_la_neuve_des_apres_la_tete_publique():
    avant = relever(le=MIDI + HEURE)
    [inscrite] = Ecriture.objects.filter(acte=handover.ACT)
    publiee = queries.etat_public().size

    apres = chainage.signataire().vkey
    assert textes() == [f"{avant.vkey} 0-{inscrite.numero}", f"{apres} {publiee + 1}-"]
    assert avant.vkey != apres
    publier_la_tete(le=MIDI + HEURE)
    signer_un_point_de_controle(le=MIDI + HEURE)
    assert fautes() == []


def test_la_releve_est_publique_et_sa_place_ne_dit_que_l_heure():
    relever(le=MIDI)
    inscrite = Ecriture.objects.get(acte=handover.ACT)

    assert bytes(inscrite.feuille).startswith(log.label(chainage.signataire().name))
    assert inscrite.numero % 128 == 0


def test_plusieurs_noeuds_repartent_et_elle_ne_s_inscrit_qu_une_fois():
    relever(le=MIDI)
    inscrire_la_releve_posee(le=MIDI)

    assert changer_la_cle(releves.lue().note, le=MIDI) is None
    assert Ecriture.objects.filter(acte=handover.ACT).count() == 1


def test_qui_tient_encore_l_ancienne_ne_signe_plus_rien(settings):
    avant = relever(le=MIDI)
    _fichier_de_la_cle().write_text(avant.seed.hex(), "ascii")
    repartir()

    for signer in (signer_un_point_de_controle, publier_la_tete):
        with pytest.raises(ServiceIndisponible, match="Relancez"):
            signer(le=MIDI + HEURE)


def test_qui_a_la_neuve_avant_que_le_registre_l_inscrive_ne_signe_rien():
    poser()
    repartir()
    with pytest.raises(ServiceIndisponible):
        publier_la_tete(le=MIDI + HEURE)

    inscrire_la_releve_posee(le=MIDI + HEURE)
    assert publier_la_tete(le=MIDI + HEURE)


def test_un_processus_d_avant_la_commande_signe_jusqu_a_ce_qu_un_noeud_reparte():
    avant = chainage.signataire()
    poser()

    assert chainage.signataire() is avant
    assert publier_la_tete(le=MIDI + HEURE)
    repartir()
    inscrire_la_releve_posee(le=MIDI + 2 * HEURE)
    publier_la_tete(le=MIDI + 2 * HEURE)
    assert fautes() == []


def forger(signataire, *, taille):
    """Une tête vraie de l'arbre, qu'un autre signe."""
    racine = log.root(taille, chainage.lire_les_sommets(taille))
    note = log.sign_note(log.Checkpoint(signataire.name, taille, racine).body(), signataire)
    return PointDeControle.objects.create(taille=taille, note=note, signe_le=MIDI)


def test_une_tete_d_apres_la_releve_signee_de_l_ancienne_est_refusee():
    voleur = relever(le=MIDI + HEURE)
    ecrire(3)
    tete = forger(voleur, taille=Ecriture.objects.last().numero + 1)

    with pytest.raises(SealError, match="does not sign this size"):
        log.open_checkpoint(tete.note, releves.cles())
    assert any("does not sign this size" in faute for faute in fautes())


def test_une_tete_d_avant_signee_de_la_neuve_est_refusee():
    relever(le=MIDI + HEURE)
    tete = forger(chainage.signataire(), taille=2)

    with pytest.raises(SealError):
        log.open_checkpoint(tete.note, releves.cles())


def test_deux_releves_et_une_preuve_de_chaque_age_se_verifie_sous_n_importe_laquelle():
    premiere = Ecriture.objects.first()
    archives = [remise.archive({}, [premiere], reference="X", le=MIDI)]
    connues = [chainage.signataire().vkey]
    for rang in (1, 2):
        relever(le=MIDI + rang * 6 * HEURE)
        for heure in range(1, 6):
            publier_la_tete(le=MIDI + (rang * 6 + heure) * HEURE)
        archives.append(remise.archive({}, [premiere], reference="X", le=MIDI))
        connues.append(chainage.signataire().vkey)

    assert fautes() == []
    for archive in archives:
        assert issue(archive, releves.cles()) == {"log_key": "ok", "entries": "ok"}
    for connue in connues:
        assert issue(archives[-1], [log.Verifier(connue)]) == {"log_key": "ok", "entries": "ok"}
    assert issue(archives[0], [log.Verifier(connues[0])]) == {"log_key": "ok", "entries": "ok"}


def issue(archive, cles):
    controles = evidence.verify(
        io.BytesIO(archive), log_keys=cles, roots=chainage.autorites_locales()
    )
    return {c.code: c.outcome for c in controles if c.code in ("log_key", "entries")}


def test_une_preuve_neuve_se_fait_sous_la_cle_d_aujourd_hui_et_une_tete_publique():
    premiere = Ecriture.objects.first()
    d_avant = queries.tete_qui_couvre(premiere.numero)
    relever(le=MIDI + HEURE)
    assert queries.tete_qui_couvre(premiere.numero) == d_avant
    ecrire(1)
    signer_un_point_de_controle(le=MIDI + HEURE)
    assert queries.tete_qui_couvre(premiere.numero) == d_avant

    for heure in range(2, 6):
        publier_la_tete(le=MIDI + heure * HEURE)

    tete = queries.tete_qui_couvre(premiere.numero)
    assert tete.publication
    assert queries.tetes_qui_couvrent([premiere.numero]) == {premiere.numero: tete}
    assert releves.cle_de(tete.note) == f"{chainage.signataire().vkey}\n".encode()
    assert releves.cle_de(d_avant.note, tete.note).count(b"\n") == 2


def test_une_archive_d_avant_se_refait_a_l_octet_pres():
    avant = relever(le=MIDI + HEURE)

    assert releves.cle_au(MIDI) == avant.vkey
    assert releves.cle_au(MIDI + HEURE) == chainage.signataire().vkey
    assert releves_jointes.fichiers(au=MIDI) == {}
    assert [*releves_jointes.fichiers(au=MIDI + HEURE)] == ["cles/releves.json"]


def test_volee_une_preuve_qu_elle_a_signee_ne_vaut_que_par_le_registre():
    archive = remise.archive({}, [Ecriture.objects.first()], reference="X", le=MIDI)
    avant = relever(le=MIDI + HEURE, volee=True)

    assert textes()[0].endswith(" stolen")
    assert issue(archive, releves.cles()) == {"log_key": "ok", "entries": "not_checked"}
    assert issue(archive, [log.Verifier(avant.vkey)]) == {"log_key": "ok", "entries": "ok"}
    publier_la_tete(le=MIDI + HEURE)
    assert fautes() == []


def test_perdue_la_neuve_le_dit_seule():
    relever(le=MIDI)
    perdue = chainage.signataire()
    _fichier_de_la_cle().unlink()
    repartir()
    inscrire_une_cle_perdue(le=MIDI + HEURE)

    assert releves.derniere() == handover.Handover(
        queries.etat_public(), perdue.vkey, chainage.signataire().vkey, vouched=False
    )
    publier_la_tete(le=MIDI + HEURE)
    assert fautes() == []
    assert len(releves.cles()) == 3


def test_une_releve_recrite_dans_la_base_se_voit_et_n_arrete_pas_la_relecture():
    relever(le=MIDI)
    with connection.cursor() as curseur:
        lever_les_gardes(curseur)
        curseur.execute(
            "UPDATE journal_ecriture SET contenu = replace(contenu, '\"volee\":false', "
            "'\"volee\":0') WHERE acte = %s",
            [handover.ACT],
        )

    assert any("les relèves de la clé ne se lisent plus" in faute for faute in fautes())
    assert textes() == [chainage.signataire().vkey]


def test_une_releve_qui_part_d_un_autre_registre_se_voit():
    ailleurs = log.Checkpoint(chainage.signataire().name, 64, bytes(32))
    changer_la_cle(
        handover.make(ailleurs, chainage.signataire(), log.Signer.generate(ailleurs.origin)),
        le=MIDI,
    )

    assert "cette relève part d'un autre registre" in fautes()
    assert "la dernière relève ne mène pas à la clé d'ici" in fautes()


@pytest.mark.parametrize("octets", [b"", b"[]", b"{}", b'{"releve": "", "volee": false}', b"\xff"])
def test_un_fichier_pose_qui_n_est_pas_une_releve_ne_dit_rien(octets):
    releves.fichier().write_bytes(octets)

    assert releves.lue() is None
    assert publier_la_tete(le=MIDI + HEURE)


def test_cles_json_mene_d_une_cle_a_l_autre_et_la_page_les_montre(client):
    avant = relever(le=MIDI, volee=True)
    dit = client.get("/journal/cles.json").json()

    apres = chainage.signataire().vkey
    assert dit["journal"] == apres
    assert dit["registre"] == textes()
    suivies = handover.follow([log.Verifier(apres)], dit["releves"], listed=True)
    assert [cle.text for cle in suivies] == textes()
    assert json.loads(dit["releves"][0]["ecriture"])["acteur"]["reference"] == "plateforme"
    page = client.get("/journal/").content.decode()
    assert avant.vkey in page and "<strong>Volée</strong>" in page
