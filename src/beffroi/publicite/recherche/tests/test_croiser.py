"""Une recherche gardée croise les fiches en mémoire ; l'index et elle doivent trouver les mêmes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from beffroi.publicite.recherche import queries
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.requete import CLOSES, ETATS, Recherche
from beffroi.publicite.recherche.tests.scene import LE, fiche

pytestmark = pytest.mark.django_db
JOUR = (LE + timedelta(days=20)).date()
RECHERCHES = [
    Recherche(),
    Recherche(mots="toiture"),
    Recherche(mots="Toitures d'école"),
    Recherche(mots="lens"),
    Recherche(cpv="4526"),
    Recherche(cpv="45000000"),
    Recherche(lieu="Lens"),
    Recherche(lieu="St Omer"),
    Recherche(departement="59"),
    Recherche(acheteur="commune lens"),
    Recherche(acheteur="216201558"),
    Recherche(nature="services"),
    Recherche(procedure="procedure_adaptee_ouverte"),
    Recherche(apres=JOUR),
    Recherche(avant=JOUR),
    Recherche(avant=JOUR - timedelta(days=1)),
    Recherche(mots="toiture", avant=JOUR, departement="62"),
    Recherche(avant=JOUR, apres=JOUR + timedelta(days=1)),
    Recherche(mots="zygomatique"),
    Recherche(mots=" ".join("abcdefghijklmn")),
]


@pytest.fixture
def fiches():
    return [
        fiche("Réfection de la toiture"),
        fiche("Toiture de l'école", lieu="Lens", acheteur="Commune de Lens", siren="216204982"),
        fiche("Nettoyage", nature="services", cpv=("90910000",), departement="59", dans_jours=2),
        fiche("Curage", lieu="Saint-Omer", dans_jours=40),
        fiche("Close", dans_jours=-2),
        fiche("Toiture abandonnée", sans_suite_le=LE),
    ]


@pytest.mark.parametrize("etat", ETATS)
@pytest.mark.parametrize(
    "recherche", RECHERCHES, ids=lambda recherche: recherche.ecrire() or "tout"
)
def test_croiser_en_memoire_trouve_ce_que_trouve_l_index(fiches, recherche, etat):
    recherche, croisees = (
        replace(recherche, etat=etat),
        queries.a_croiser(list(FicheIndexee.objects.all())),
    )

    en_memoire = queries.qui_repondent(recherche, croisees, le=LE)
    par_l_index = queries.nouvelles_depuis(recherche, LE - timedelta(days=3650), le=LE)

    assert {f.titre for f in en_memoire} == {f.titre for f in par_l_index}


def test_ce_qui_ferme_a_l_instant_repond_encore_et_ne_repond_plus_apres(fiches):
    croisees = queries.a_croiser(fiches[2:3])
    limite = fiches[2].limite

    assert queries.qui_repondent(Recherche(), croisees, le=limite)
    assert not queries.qui_repondent(Recherche(), croisees, le=limite + timedelta(microseconds=1))
    assert queries.qui_repondent(
        Recherche(etat=CLOSES), croisees, le=limite + timedelta(microseconds=1)
    )
