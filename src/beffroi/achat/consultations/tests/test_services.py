"""Les actes sur une consultation : ce qu'ils exigent, ce qu'ils changent, ce qu'ils annoncent."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from beffroi.achat.consultations import queries, services
from beffroi.achat.consultations.archive import NOM_DES_CLES
from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import REGLEMENT, agent
from beffroi.personnes.cles import queries as cles
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, RoleManquant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.cycles import actes_possibles
from beffroi.socle.journal.models import Ecriture


@pytest.fixture
def entendus(monkeypatch):
    recus = []
    monkeypatch.setattr(evenements, "publier", recus.append)
    return recus


def test_les_references_se_suivent(scene):
    premiere, seconde = scene.brouillon(), scene.brouillon()

    assert int(seconde.reference[-4:]) == int(premiere.reference[-4:]) + 1


def test_un_brouillon_est_introuvable_pour_le_public(scene):
    with pytest.raises(Introuvable):
        queries.publique(scene.brouillon().reference)


def test_reduire_les_lots_retire_leurs_pieces(scene):
    consultation = scene.brouillon()
    services.definir_les_lots(
        consultation=consultation,
        intitules=["Couverture", "Charpente"],
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    services.attendre_piece(
        consultation=consultation,
        enveloppe="offre",
        intitule="Bordereau",
        lot=queries.lot_pour(consultation, 2),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    services.definir_les_lots(
        consultation=consultation, intitules=["Tout"], par=scene.martine.acteur, maintenant=scene.le
    )

    assert [lot.intitule for lot in consultation.lots.all()] == ["Tout"]
    assert not consultation.pieces_attendues.exists()


def test_seule_une_personne_qui_a_le_role_peut_ouvrir(scene):
    yvette = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=["lecteur"])

    with pytest.raises(RegleEnfreinte, match="membre qui ouvre"):
        services.designer_membre(
            consultation=scene.brouillon(), utilisateur=yvette, par=PLATEFORME, maintenant=scene.le
        )


def test_un_document_vide_est_refuse_et_ne_laisse_rien(scene):
    consultation = scene.brouillon()

    with pytest.raises(RegleEnfreinte, match="est vide"):
        scene.joindre(consultation, contenu=b"")

    assert not consultation.pieces.exists()


def test_publier_sans_essai_des_cles_est_refuse(scene):
    consultation = scene.completer(scene.brouillon(), essais=False)

    with pytest.raises(RegleEnfreinte, match=r"0 personne a réussi l'essai.*il en faut 2"):
        scene.publier(consultation)


def test_publier_avec_un_seul_essai_est_refuse_avec_deux_accorde(scene):
    consultation = scene.completer(scene.brouillon(), essais=False)
    paires = (consultation.cle_candidature, consultation.cle_offre)
    for paire in paires:
        scene.essayer(paire, [scene.martine])
    with pytest.raises(RegleEnfreinte, match="1 personne a réussi"):
        scene.publier(consultation)

    for paire in paires:
        scene.essayer(paire, [scene.helene])

    assert scene.publier(consultation).etat == Consultation.Etat.PUBLIEE


def test_changer_les_personnes_apres_les_cles_oblige_a_les_refaire(scene):
    consultation = scene.completer(scene.brouillon())
    bernard = agent("Bernard Lefebvre", scene.organisme, le=scene.le)
    services.designer_membre(
        consultation=consultation,
        utilisateur=bernard,
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    with pytest.raises(RegleEnfreinte, match="ont changé"):
        scene.publier(consultation)


def test_changer_de_politique_detache_les_cles(scene):
    consultation = scene.completer(scene.brouillon())

    consultation = services.choisir_la_politique(
        consultation=consultation, politique="double", par=scene.martine.acteur, maintenant=scene.le
    )

    assert (consultation.cle_candidature, consultation.cle_offre) == (None, None)
    assert cles.essais_en_attente(scene.martine, scene.le + timedelta(days=120)) == []


def designer(scene, consultation, *personnes):
    """Ce que fait l'écran : désigner, puis laisser le nombre proposer la façon d'ouvrir."""
    for personne in personnes:
        services.designer_membre(
            consultation=consultation,
            utilisateur=personne,
            par=scene.martine.acteur,
            maintenant=scene.le,
        )
        consultation = services.proposer_la_politique(
            consultation=consultation, par=scene.martine.acteur, maintenant=scene.le
        )
    return consultation


def trois_personnes(scene):
    bernard = agent("Bernard Lefebvre", scene.organisme, le=scene.le)
    return scene.martine, scene.helene, bernard


def test_a_trois_le_double_controle_est_propose(scene):
    martine, helene, bernard = trois_personnes(scene)
    consultation = designer(scene, scene.brouillon(), martine, helene)
    assert consultation.politique_de_cles == "standard"

    assert designer(scene, consultation, bernard).politique_de_cles == "double"


def test_ce_que_quelqu_un_a_choisi_ne_se_propose_plus(scene):
    martine, helene, bernard = trois_personnes(scene)
    consultation = designer(scene, scene.brouillon(), martine, helene)
    # Le même choix que celui d'office : il est dit, et se retient.
    services.choisir_la_politique(
        consultation=consultation,
        politique="standard",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert designer(scene, consultation, bernard).politique_de_cles == "standard"


def test_des_cles_deja_faites_ne_changent_pas_de_politique_d_elles_memes(scene):
    consultation = scene.completer(scene.brouillon())
    bernard = agent("Bernard Lefebvre", scene.organisme, le=scene.le)

    consultation = designer(scene, consultation, bernard)

    assert consultation.politique_de_cles == "standard" and consultation.cle_offre


def test_revenir_a_deux_repropose_une_seule_cle(scene):
    martine, helene, bernard = trois_personnes(scene)
    consultation = designer(scene, scene.brouillon(), martine, helene, bernard)
    services.retirer_membre(
        membre=consultation.membres_qui_ouvrent.get(utilisateur=bernard),
        par=martine.acteur,
        maintenant=scene.le,
    )

    proposee = services.proposer_la_politique(
        consultation=consultation, par=martine.acteur, maintenant=scene.le
    )
    assert proposee.politique_de_cles == "standard"


def test_la_publication_dit_au_journal_les_documents_et_les_cles(scene, entendus):
    consultation = scene.publier(scene.completer(scene.brouillon()))

    contenu = json.loads(
        Ecriture.objects.get(acte="consultation.publier", sujet=consultation.reference).contenu
    )
    piece = consultation.pieces.get()
    assert contenu["donnees"]["documents"][0]["sha256"] == piece.sha256
    assert contenu["donnees"]["cles"]["offre"]["empreinte"] == consultation.cle_offre.empreinte
    assert piece.publiee_le == scene.le
    assert ConsultationPubliee(reference=consultation.reference, le=scene.le) in entendus


def test_a_deux_celle_qui_a_redige_ne_publie_pas(scene):
    scene.organisme.publication_a_deux = True
    scene.organisme.save(update_fields=["publication_a_deux"])
    consultation = scene.completer(scene.brouillon())
    with pytest.raises(RegleEnfreinte, match="publie à deux"):
        scene.publier(consultation)

    services.soumettre_a_relecture(
        consultation=consultation, par=scene.martine, maintenant=scene.le
    )
    publiee = services.publier_consultation(
        consultation=consultation, par=scene.helene.acteur, maintenant=scene.le
    )

    assert publiee.etat == Consultation.Etat.PUBLIEE


def test_publier_deux_fois_ne_publie_qu_une_fois(scene):
    consultation = scene.publiee()

    with pytest.raises(ConflitEtat):
        scene.publier(consultation)


def test_une_consultation_publiee_ne_se_modifie_plus_comme_un_brouillon(scene):
    consultation = scene.publiee()

    with pytest.raises(RegleEnfreinte, match="publiée"):
        scene.joindre(consultation, nom="ajout.pdf")


def test_prolonger_se_dit_a_tous_et_raccourcir_est_refuse(scene, entendus):
    consultation = scene.publiee()
    suite = {
        "motif": "À la demande de trois entreprises.",
        "par": scene.martine.acteur,
        "maintenant": scene.le,
    }

    prolongee = services.prolonger_le_delai(
        consultation=consultation, nouvelle=scene.limite + timedelta(days=7), **suite
    )
    with pytest.raises(RegleEnfreinte, match="ne raccourcit pas"):
        services.prolonger_le_delai(consultation=consultation, nouvelle=scene.limite, **suite)

    assert prolongee.date_limite_remise == scene.limite + timedelta(days=7)
    assert entendus[-1].sorte == "delai"


def test_a_l_heure_limite_le_refus_de_prolonger_parle_du_delai_et_non_des_documents(scene):
    consultation = scene.publiee()

    with pytest.raises(RegleEnfreinte, match="le délai ne peut plus être prolongé"):
        services.prolonger_le_delai(
            consultation=consultation,
            nouvelle=scene.limite + timedelta(days=7),
            motif="Trop tard.",
            par=scene.martine.acteur,
            maintenant=scene.limite,
        )


def test_declarer_sans_suite_demande_un_motif(scene):
    consultation = scene.publiee()
    acte = {"consultation": consultation, "par": scene.martine.acteur, "maintenant": scene.le}
    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        services.declarer_sans_suite(motif=" ", **acte)

    finie = services.declarer_sans_suite(motif="Le besoin a disparu.", **acte)

    assert (finie.etat, finie.motif_sans_suite) == (
        Consultation.Etat.SANS_SUITE,
        "Le besoin a disparu.",
    )


def test_la_cloture_ne_se_constate_qu_une_fois_l_heure_passee(scene):
    consultation = scene.publiee()
    with pytest.raises(RegleEnfreinte):
        services.constater_la_cloture(
            consultation=consultation, par=PLATEFORME, maintenant=scene.limite
        )

    apres = scene.limite + timedelta(seconds=1)
    close = services.constater_la_cloture(
        consultation=consultation, par=PLATEFORME, maintenant=apres
    )

    assert (close.etat, close.close_le) == (Consultation.Etat.CLOSE, apres)


def test_le_dossier_contient_les_documents_et_les_cles(scene):
    consultation = scene.publiee()
    vider_la_file()
    consultation.refresh_from_db()

    with zipfile.ZipFile(
        io.BytesIO(stockage().lire(consultation.archive_du_dossier).read())
    ) as archive:
        assert archive.namelist() == [
            "reglement.pdf",
            NOM_DES_CLES,
            "cle-candidature.json",
            "cle-offre.json",
        ]
        assert archive.read("reglement.pdf") == REGLEMENT
        assert archive.getinfo("reglement.pdf").compress_type == zipfile.ZIP_STORED
        assert consultation.cle_offre.destinataire in archive.read(NOM_DES_CLES).decode()


def test_deux_compositions_donnent_une_seule_archive(scene):
    consultation = services.composer_l_archive(scene.publiee())

    encore = services.composer_l_archive(consultation)

    assert encore.archive_du_dossier == consultation.archive_du_dossier


def test_une_consultation_etrangere_est_introuvable_et_un_role_manquant_se_dit(scene):
    consultation = scene.brouillon()
    yvette = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=["lecteur"], cle=False)

    with pytest.raises(RoleManquant):
        queries.consultation_pour(yvette, consultation.reference, "rediger", scene.le)
    with pytest.raises(Introuvable):
        queries.consultation_pour(yvette, "2020-0000", "rediger", scene.le)


@pytest.mark.parametrize("etat", list(Consultation.Etat))
def test_chaque_acte_du_cycle_part_d_un_etat_connu(etat):
    permis = actes_possibles(Consultation.CYCLE, etat)

    assert set(permis) <= {transition.acte for transition in Consultation.CYCLE}
    assert ("publier" in permis) is (etat in queries.NON_PUBLIEES)
