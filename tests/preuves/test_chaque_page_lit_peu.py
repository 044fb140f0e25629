"""Chaque page de la table des adresses, lue par qui elle sert : vingt-cinq requêtes au plus, et pas
une de plus quand tout ce qu'elle montre a cinq fois ses lignes.
"""

from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.architecture.adresses import VISITEURS, Adresse, Monde, table
from tests.architecture.agrandi import agrandir, repetees
from tests.architecture.visites import client_de, corps, seance_de, tour_du_monde

AU_PLUS = 25
# Ce que la garde du test ajoute autour de chaque visite n'est pas la page ; ni, chez celles qui
# s'inscrivent au registre, l'arbre qu'il étend d'autant de lots que le silence a duré.
AUTOUR = ("SAVEPOINT", "RELEASE", "ROLLBACK", 'INSERT INTO "journal_noeud"')
# Celles qui en demandent plus, et pourquoi : aucune ne s'y ajoute sans qu'on l'écrive ici, aucune
# n'y reste sans en avoir besoin.
PLUS_LONGUES = {
    "conformite:finir_la_clause": "compose, consultation par consultation, le bordereau de tout "
    "ce qui est gardé d'un adhérent parti, pour en dire le nombre : une fois dans sa vie",
    "adherents:fiche": "six blocs de cinq contextes, à qui cumule les six rôles du centre, et "
    "le regard inscrit au journal de la commune, la première fois du jour ; un rôle seul, "
    "ensuite, tient en vingt-cinq (`test_fiche`)",
}
# Parmi elles, celles qui en demandent plus pour plus de lignes.
GRANDISSENT = {"conformite:finir_la_clause"}
# Celles que le monde agrandi ne montre plus, et pourquoi.
CHANGENT = {
    "apports:piece": "la dernière pièce de ce nom est maintenant une semblable",
    "consultations:publier": "un brouillon aux pièces répétées renvoie à ce qu'il faut corriger",
}
# Ce que chacun lit tous les jours.
MULTIPLIEES = (
    "adherents_adherent",
    "archives_paquet",
    "commissions_point",
    "consultations_consultation",
    "consultations_lot",
    "consultations_piecedce",
    "conventions_convention",
    "depots_fichierscelle",
    "depots_pli",
    "echanges_exemplaire",
    "entreprises_equipe",
    "entreprises_membre",
    "marches_marche",
    "ouverture_seance",
    "questions_question",
)
Pages = dict[str, tuple[str, str]]
Lectures = dict[str, list[str]]


class Agrandies(NamedTuple):
    """Les mêmes pages, cinq fois plus de lignes : combien, et ce qu'elles ont demandé."""

    lignes: dict[str, tuple[int, int]]
    lectures: Lectures


@pytest.fixture(scope="module")
def monde(django_db_setup, django_db_blocker):
    with tour_du_monde(django_db_blocker) as plante:
        yield plante


@pytest.fixture(scope="module")
def pages(monde) -> Pages:
    """Chaque page et qui la lit : les mêmes, une fois le monde agrandi."""
    return {
        nom: (qui, reverse(nom, kwargs=adresse.arguments(monde)))
        for nom, adresse in table().items()
        if (qui := a_qui_elle_sert(adresse))
    }


@pytest.fixture(scope="module")
def lectures(monde, pages) -> Lectures:
    return lire_chaque_page(monde, pages)


@pytest.fixture(scope="module")
def agrandies(monde, pages, lectures) -> Agrandies:
    with transaction.atomic():
        lignes = agrandir()
        restent = {nom: page for nom, page in pages.items() if nom not in CHANGENT}
        lues = lire_chaque_page(monde, restent)
        transaction.set_rollback(True)
    return Agrandies(lignes, lues)


@pytest.fixture(scope="module")
def relues(monde, pages, lectures, agrandies) -> Lectures:
    """Ce qui ne se lit que la première fois est lu : une page qui en demandait plus se relit."""
    moins = {nom for nom, lues in agrandies.lectures.items() if len(lues) < len(lectures[nom])}
    return lectures | lire_chaque_page(monde, {nom: pages[nom] for nom in moins})


def lire_chaque_page(monde: Monde, pages: Pages) -> Lectures:
    seances = {qui: seance_de(monde.personne(qui)) for qui in VISITEURS}
    return {nom: lire(seances[qui], adresse) for nom, (qui, adresse) in pages.items()}


def a_qui_elle_sert(adresse: Adresse) -> str:
    """Celui que le moins de pages servent : une page publique se lit sans compte."""
    if "get" not in adresse.methodes:
        return ""
    servis = [qui for qui in VISITEURS if 200 in adresse.statuts("get", qui)]
    propres = ("agent", "entreprise", "exploitant")
    return next((qui for qui in ("anonyme", *propres) if qui in servis), "")


def lire(seance, adresse: str) -> list[str]:
    with transaction.atomic(), CaptureQueriesContext(connection) as lues:
        reponse = client_de(seance).get(adresse)
        corps(reponse)
        transaction.set_rollback(True)
    assert reponse.status_code == 200, adresse
    faites = (une["sql"] for une in lues.captured_queries)
    return [sql for sql in faites if not sql.startswith(AUTOUR)]


def longues(lectures: Lectures) -> dict[str, int]:
    return {nom: len(lues) for nom, lues in lectures.items() if len(lues) > AU_PLUS}


def test_chaque_page_lit_peu(lectures):
    assert len(lectures) > 300
    assert longues(lectures).keys() == PLUS_LONGUES.keys(), longues(lectures)


def test_chaque_page_lit_peu_cinq_fois_plus_grande(agrandies):
    assert longues(agrandies.lectures).keys() <= PLUS_LONGUES.keys(), longues(agrandies.lectures)


def test_tout_a_cinq_fois_plus_de_lignes(agrandies):
    trop_peu = {nom: agrandies.lignes[nom] for nom in MULTIPLIEES}
    assert {nom: (n, m) for nom, (n, m) in trop_peu.items() if not 0 < n * 5 <= m} == {}


def test_aucune_page_ne_pose_une_question_par_ligne(relues, agrandies):
    grandies = {
        nom: [forme[:300] for forme in en_plus]
        for nom, lues in agrandies.lectures.items()
        if (en_plus := repetees(relues[nom], lues))
    }
    assert grandies.keys() == GRANDISSENT, grandies
