"""Écrire à cinq cents entreprises : une page lit autant qu'à trois, et chaque envoi coûte autant que le premier."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.echanges import services
from beffroi.echanges.tests.gestes import REMISE_LE, nommer, rediger
from beffroi.questions.tests.gestes import membre

PEU, PLUS, BEAUCOUP = 3, 6, 9
# Mettre à jour l'exemplaire, inscrire l'alerte, et écrire le courriel à la boîte d'envoi avec sa tâche.
REQUETES_PAR_ENTREPRISE = 10


def siret(rang):
    """Un SIRET de clé juste."""
    return avec_sa_cle(f"{avec_sa_cle(f'{30_000_000 + rang}')}0001")


def avec_sa_cle(chiffres):
    doubles = [int(c) * (2 - rang % 2) for rang, c in enumerate(reversed(chiffres))]
    return f"{chiffres}{-sum(double // 10 + double % 10 for double in doubles) % 10}"


def entreprises(scene, consultation, nombre):
    return [
        nommer(consultation, membre(f"Personne{rang}", siret(rang), f"Entreprise {rang}", le=scene.le), le=scene.le)
        for rang in range(nombre)
    ]


def requetes(faire):
    with CaptureQueriesContext(connection) as lues:
        faire()
    return len(lues)


def page(acheteur, nom, consultation, *arguments):
    adresse = reverse(f"echanges:{nom}", args=(consultation.reference, *arguments))
    acheteur.get(adresse)
    return requetes(lambda: acheteur.get(adresse))


@pytest.fixture
def brouillons(scene, consultation):
    """Trois brouillons du même courrier : à trois entreprises, à six, à neuf."""
    toutes = entreprises(scene, consultation, BEAUCOUP)
    return [rediger(scene, consultation, *toutes[:nombre]) for nombre in (PEU, PLUS, BEAUCOUP)]


def envoyer(scene, courrier):
    services.envoyer(courrier=courrier, par=scene.martine, maintenant=scene.le + REMISE_LE)


def test_modifier_et_relire_lisent_autant_pour_neuf_que_pour_trois(acheteur, consultation, brouillons):
    lues = [
        [page(acheteur, nom, consultation, courrier.reference) for nom in ("modifier", "courrier")]
        for courrier in brouillons
    ]

    assert lues[0] == lues[1] == lues[2]


def test_suivre_un_envoi_lit_autant_pour_neuf_que_pour_trois(scene, acheteur, consultation, brouillons):
    lues = []
    for courrier in brouillons:
        envoyer(scene, courrier)
        pages = (("courrier", courrier.reference), ("liste",))
        lues.append([page(acheteur, nom, consultation, *reste) for nom, *reste in pages])

    assert lues[0] == lues[1] == lues[2]


def test_envoyer_coute_autant_pour_chaque_entreprise(scene, brouillons):
    peu, plus, beaucoup = [requetes(lambda c=courrier: envoyer(scene, c)) for courrier in brouillons]

    assert beaucoup - plus == plus - peu <= REQUETES_PAR_ENTREPRISE * (PLUS - PEU)
