"""Avant l'heure limite : qui saura ouvrir, à qui on le rappelle, et une fois seulement."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations import ouvreurs, rappels, services
from beffroi.achat.consultations.rules.rappels import rappel_en_cours
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import services as services_des_cles
from beffroi.personnes.cles.rules import Disposition
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.prises import rondes
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.franchissement import franchir

LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIMITE = LUNDI + timedelta(days=120)


@pytest.fixture
def scene(db):
    return planter_la_scene(le=LUNDI)


@pytest.fixture
def consultation(scene):
    return scene.publiee(date_limite_remise=LIMITE)


def rappels_ecrits():
    return Courriel.objects.filter(cle__startswith="rappel-essai:").order_by("pk")


def recommencer_l_essai(personne, consultation):
    """Un canari neuf, pas encore ouvert, pour la clé de l'offre."""
    part = cles.part_de(personne, consultation.cle_offre)
    services_des_cles.renouveler_canari(part=part, par=personne.acteur, maintenant=LUNDI)


@pytest.mark.parametrize(
    ("reste", "attendu"),
    [
        (timedelta(days=8), None),
        (timedelta(days=7), 7),
        (timedelta(days=2, seconds=1), 7),
        (timedelta(days=2), 2),
        (timedelta(seconds=1), 2),
        (timedelta(0), None),
        (-timedelta(days=1), None),
    ],
)
def test_un_rappel_a_sept_jours_puis_a_deux(reste, attendu):
    echeance = rappel_en_cours(limite=LIMITE, maintenant=LIMITE - reste)

    assert (echeance.days if echeance else None) == attendu


def test_la_ronde_est_declaree():
    assert rappels.rappeler_les_essais in rondes()


def test_deux_rappels_par_personne_dont_l_essai_a_vieilli_et_pas_un_de_plus(consultation, scene):
    for reste in (
        timedelta(days=10),
        timedelta(days=7),
        timedelta(days=6),
        timedelta(days=2),
        timedelta(hours=1),
    ):
        rappels.rappeler_les_essais(LIMITE - reste)
        rappels.rappeler_les_essais(LIMITE - reste)

    destinataires = [courriel.destinataire for courriel in rappels_ecrits()]
    assert sorted(destinataires) == sorted([scene.martine.courriel, scene.helene.courriel] * 2)
    assert "plus de 90 jours" in rappels_ecrits()[0].texte
    assert cles.part_de(scene.helene, consultation.cle_candidature).reference in "".join(
        courriel.texte for courriel in rappels_ecrits()
    )


def test_une_cle_essayee_depuis_peu_ne_se_rappelle_pas(scene):
    consultation = scene.publiee(date_limite_remise=LUNDI + timedelta(days=20))
    recommencer_l_essai(scene.helene, consultation)

    rappels.rappeler_les_essais(LUNDI + timedelta(days=15))

    courriel = rappels_ecrits().get()
    assert courriel.destinataire == scene.helene.courriel
    assert "pas encore été essayée" in courriel.texte


def test_une_prolongation_rappelle_de_nouveau(consultation, scene):
    rappels.rappeler_les_essais(LIMITE - timedelta(days=2))
    neuve = LIMITE + timedelta(days=30)
    services.prolonger_le_delai(
        consultation=consultation,
        nouvelle=neuve,
        motif="Neige.",
        par=scene.martine.acteur,
        maintenant=LUNDI,
    )

    rappels.rappeler_les_essais(neuve - timedelta(days=2))

    assert rappels_ecrits().count() == 4


def test_un_brouillon_et_une_heure_passee_ne_rappellent_rien(consultation, scene):
    scene.completer(scene.brouillon("Autre", date_limite_remise=LIMITE), essais=False)

    rappels.rappeler_les_essais(LIMITE + timedelta(minutes=1))

    assert not rappels_ecrits().exists()


def test_chaque_personne_a_l_etat_le_plus_mauvais_de_ses_deux_parts(consultation, scene):
    recommencer_l_essai(scene.helene, consultation)

    etats = {
        o.personne: o.disposition
        for o in ouvreurs.ouvreurs_de([consultation], LUNDI)[consultation.pk]
    }

    assert etats == {scene.martine: Disposition.PRETE, scene.helene: Disposition.JAMAIS_ESSAYEE}


def test_une_personne_qui_a_change_de_cle_n_est_plus_prete(consultation, scene):
    identite = cles.identite_en_cours(scene.helene)
    services_des_cles.retirer_identite(identite=identite, par=PLATEFORME, maintenant=LUNDI)

    etats = {
        o.personne: o.disposition
        for o in ouvreurs.ouvreurs_de([consultation], LUNDI)[consultation.pk]
    }
    rappels.rappeler_les_essais(LUNDI + timedelta(days=119))

    assert etats[scene.helene] == Disposition.REMPLACEE
    assert [courriel.destinataire for courriel in rappels_ecrits()] == [scene.martine.courriel]


def test_l_etat_de_plusieurs_consultations_se_lit_en_trois_requetes(
    consultation, scene, django_assert_num_queries
):
    autres = [
        consultation,
        *(scene.publiee(f"Consultation {rang}", date_limite_remise=LIMITE) for rang in range(3)),
    ]

    with django_assert_num_queries(3):
        trouves = ouvreurs.ouvreurs_de(autres, LUNDI)

    assert [len(designes) for designes in trouves.values()] == [2, 2, 2, 2]


def test_une_consultation_depouillee_n_attend_plus_d_essai(consultation, scene):
    plus_tard = LUNDI + timedelta(days=100)
    avant = len(cles.essais_en_attente(scene.helene, plus_tard))
    for acte in ("entrer_en_seance", "achever_le_depouillement"):
        franchir(consultation, acte, par=PLATEFORME, le=LIMITE)

    assert (avant, cles.essais_en_attente(scene.helene, plus_tard)) == (2, [])


def test_l_acheteur_lit_en_clair_qui_peut_ouvrir(scene, client):
    from beffroi.socle.fondations.horloge import maintenant

    scene.le = maintenant()
    consultation = scene.publiee()
    avant = (
        connecter(client, scene.martine)
        .get(f"/consultations/{consultation.reference}/suivre/")
        .content.decode()
    )
    recommencer_l_essai(scene.helene, consultation)

    apres = client.get(f"/consultations/{consultation.reference}/suivre/").content.decode()

    assert "2 personnes peuvent ouvrir." in avant
    assert "Une personne peut ouvrir." in apres
    assert "Doit essayer sa clé" in apres
