"""La veille : chaque objet revient une fois par mois,
et un octet changé se dit et se nomme, jusqu'à sa réparation.
"""

import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db.models import F

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.centre.adherents.tests.test_services import adherent, declarer
from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import ports, taches, veille
from beffroi.garde.archives.courriels import NOMMES_AU_PLUS, abimes_trouves
from beffroi.garde.archives.services.veilles import veiller
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.services.suites import noter_les_empreintes
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from droit.calendrier.heures import PARIS

LUNDI = date(2026, 11, 23)
TOUTES = range(veille.PARTS)


def test_chaque_objet_est_relu_une_fois_par_mois():
    nuits = Counter(veille.part_du(LUNDI + timedelta(days=n)) for n in range(veille.PARTS))
    assert set(nuits.values()) == {1}
    assert {veille.part_de(f"plis/{n:04x}") for n in range(2000)} == set(range(veille.PARTS))


@pytest.mark.django_db
def test_une_reponse_scellee_est_relue_des_l_heure_limite_et_jamais_avant():
    pli = factories.Candidat(factories.consultation()).depose(("offre", None))
    fichiers = [
        fichier for e in pli.enveloppes.all() for fichier in (e.manifeste, *e.fichiers.all())
    ]
    noter_les_empreintes(
        pli=pli,
        calculees={fichier.reference: "a" * 64 for fichier in fichiers},
        maintenant=factories.VEILLE,
    )
    scelles = {fichier.cle_de_stockage for fichier in fichiers}

    def relus(le):
        return {piece.cle for _, piece in veille.objets_de(*TOUTES, le=le)}

    assert not scelles & relus(factories.LIMITE)
    assert scelles <= relus(factories.LIMITE + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("heure", "veille_"), [(0, False), (1, True), (4, True), (5, False), (14, False)]
)
def test_on_ne_veille_que_la_nuit(heure, veille_):
    assert veille.est_l_heure(datetime(2026, 11, 23, heure, 30, tzinfo=PARIS)) is veille_


@pytest.fixture
def gardees(conclu):
    """Des pièces relues la même nuit, et cette nuit."""
    connues = [p for p in ports.pieces_de(conclu.consultation, le=SIGNE_LE) if p.cle and p.sha256]
    part = Counter(veille.part_de(p.cle) for p in connues).most_common(1)[0][0]
    return [p for p in connues if veille.part_de(p.cle) == part], nuit_de_la_part(part)


def abimer(piece):
    """Change un octet, et rend de quoi réparer."""
    sains = b"".join(stockage().lire(piece.cle))
    remplacer(piece, bytes([sains[0] ^ 1]) + sains[1:])
    return lambda: remplacer(piece, sains)


def remplacer(piece, octets):
    stockage().supprimer(piece.cle)
    stockage().ecrire(piece.cle, io.BytesIO(octets))


def courriels_de_la_nuit(a=""):
    return list(
        Courriel.objects.filter(
            cle__startswith="archives-veille/", destinataire__startswith=a
        ).order_by("pk")
    )


def test_un_octet_change_se_dit_et_nomme_l_objet_jusqu_a_sa_reparation(gardees):
    (piece, *_), nuit = gardees
    reparer = abimer(piece)
    taches.veiller_la_nuit(nuit)
    reparer()
    assert [(un.cle, un.titre) for un in veille.abimes()] == [(piece.cle, piece.titre)]
    assert veiller(maintenant=nuit + timedelta(hours=1)) == []
    assert Ecriture.objects.filter(acte=veille.ACTE).count() == 1
    taches.veiller_la_nuit(nuit + timedelta(days=veille.PARTS))
    assert veille.abimes() == []


def test_le_centre_recoit_un_courriel_par_nuit_qui_nomme_chaque_objet_et_dit_quoi_faire(
    centre, gardees
):
    pieces, nuit = gardees
    reparer = [abimer(piece) for piece in pieces]
    taches.veiller_la_nuit(nuit)
    taches.veiller_la_nuit(nuit + timedelta(hours=1))
    for remettre in reparer:
        remettre()
    (courriel,) = courriels_de_la_nuit("wanda")
    assert courriels_de_la_nuit("yvon") == []
    assert [p.cle for p in pieces if p.cle not in courriel.texte] == [] and len(pieces) > 1
    assert (
        "Restaurez ces fichiers depuis la copie" in courriel.texte
        and "/cdg/restitutions/" in courriel.texte
    )


def test_un_objet_qui_manque_se_dit_aussi_et_le_titre_de_la_piece_ne_part_pas(centre, gardees):
    (piece, *_), nuit = gardees
    sains = b"".join(stockage().lire(piece.cle))
    stockage().supprimer(piece.cle)
    taches.veiller_la_nuit(nuit)
    stockage().ecrire(piece.cle, io.BytesIO(sains))
    (courriel,) = courriels_de_la_nuit("wanda")
    assert f"{piece.cle}, qui manque ou ne se lit plus" in courriel.texte
    assert piece.titre not in courriel.texte


def test_rien_ne_part_quand_tout_est_intact(centre, gardees):
    taches.veiller_la_nuit(gardees[1])
    assert Ecriture.objects.filter(acte=veille.ACTE).exists()
    assert courriels_de_la_nuit() == []


def test_deux_cents_fichiers_abimes_tiennent_dans_un_courriel_lisible(centre):
    un = veille.Abime(consultation="2026-1", titre="Offre", cle="plis/00", attendue="a", lue="b")
    for heure in (0, 1):
        abimes_trouves([un] * 200, nuit=LUNDI, maintenant=SIGNE_LE + timedelta(hours=heure))
    (courriel,) = courriels_de_la_nuit("wanda")
    assert courriel.sujet.endswith("200 fichiers gardés sont abîmés : à restaurer")
    assert (
        courriel.texte.count("- consultation") == NOMMES_AU_PLUS
        and "et 150 autres" in courriel.texte
    )


def test_sans_centre_l_alarme_reste_au_journal(gardees):
    Organisme.objects.filter(role="exploitant").update(role="acheteur")
    (piece, *_), nuit = gardees
    reparer = abimer(piece)
    taches.veiller_la_nuit(nuit)
    reparer()
    assert [un.cle for un in veille.abimes()] == [piece.cle]


def relus(le):
    """Tout le mois en une fois : trente rondes rejouent trente fois les mêmes requêtes."""
    return [(ou, piece.cle) for ou, piece in veille.objets_de(*TOUTES, le=le)]


def nuit_de(cle, apres=SIGNE_LE):
    """La première nuit, après ce jour, où cet objet se relit."""
    return nuit_de_la_part(veille.part_de(cle), apres)


def nuit_de_la_part(part, apres=SIGNE_LE):
    """La première nuit, après ce jour, où cette part se relit :
    celle du jour même est passée quand on signe.
    """
    demain = apres.astimezone(PARIS) + timedelta(days=1)
    ecart = (part - veille.part_du(demain.date())) % veille.PARTS
    return (demain + timedelta(days=ecart)).replace(hour=2, minute=0)


@pytest.mark.django_db
def test_sans_suite_avant_l_heure_limite_rien_ne_se_relit_avant_elle():
    consultation = factories.consultation()
    factories.Candidat(consultation).depose(("offre", None))
    declarer_sans_suite(
        consultation=consultation, motif="Non.", par=PLATEFORME, maintenant=factories.VEILLE
    )
    assert relus(factories.LIMITE) == []
    assert relus(factories.LIMITE + timedelta(seconds=1)) != []


def test_un_tour_qui_court_encore_tient_toute_sa_consultation_hors_de_la_veille(
    conclu, monkeypatch
):
    assert relus(SIGNE_LE)
    court = Consultation.toutes.filter(pk=conclu.consultation.pk).annotate(consultation=F("pk"))
    monkeypatch.setattr(veille.Tour.objects, "filter", lambda **_: court)
    assert relus(SIGNE_LE) == []


def test_une_premiere_relecture_fixe_l_empreinte_que_personne_n_avait_dite(conclu, monkeypatch):
    piece = next(p for p in ports.pieces_de(conclu.consultation, le=SIGNE_LE) if p.cle and p.sha256)
    muette = replace(piece, sha256="")
    monkeypatch.setattr(veille, "_gardes", lambda **_: [("2026-1", muette)])
    nuit = nuit_de(piece.cle)
    assert veiller(maintenant=nuit) == []
    assert veille.empreintes_fixees() == {piece.cle: piece.sha256}
    reparer = abimer(piece)
    (abime,) = veiller(maintenant=nuit + timedelta(days=veille.PARTS))
    reparer()
    assert (abime.attendue, abime.cle) == (piece.sha256, piece.cle)


def test_ce_qui_est_detruit_se_lit_une_fois_par_ronde(conclu, monkeypatch):
    lectures = []
    for module in (veille, ports):
        monkeypatch.setattr(module, "objets_detruits", lambda: lectures.append(1) or frozenset())
    list(veille.objets_de(0, le=SIGNE_LE))
    assert len(lectures) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("stockage_a_part")
def test_un_justificatif_chiffre_au_repos_n_est_pas_dit_abime():
    """Sa ligne tient l'empreinte d'avant chiffrement : la veille fixe celle de l'objet gardé."""
    cle = declarer(adherent(), 300).cle_de_stockage

    (attendue,) = {
        piece.sha256
        for _, piece in veille.objets_de(*TOUTES, le=horloge.maintenant())
        if piece.cle == cle
    }

    assert not attendue
