"""Chaque page de la table des adresses, lue par qui elle sert : vingt-cinq requêtes au plus.

`test_cinq_fois_plus.py` compte celles où les lignes sont nombreuses.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.architecture.adresses import VISITEURS, Adresse, Monde, table
from tests.architecture.visites import client_de, corps, seance_de, tour_du_monde

AU_PLUS = 25
# Ce que la garde du test ajoute autour de chaque visite n'est pas la page.
AUTOUR = ("SAVEPOINT", "RELEASE", "ROLLBACK")
# Celles qui en demandent plus, et pourquoi : aucune ne s'y ajoute sans qu'on l'écrive ici.
PLUS_LONGUES = {
    "archives:pieces": "trente contextes disent chacun ce qu'ils tiennent du dossier",
    "archives:proposer": "la même lecture, pour chaque dossier proposé",
    "assistance:ce_qu_elle_voit": "compose la page d'un autre, puis inscrit ce regard au registre",
    "conformite:finir_la_clause": "reste à réduire",
    "dossiers:d_avant": "le premier qui la demande compose l'archive, et la range : vingt ensuite",
    "journal:tuile": "reste à réduire",
    "portail:a_faire": "cet agent a presque toutes les sortes de gestes à la fois (ADR 0061)",
    "repartage:repartage": "reste à réduire",
    "reponses:recepisse": "reste à réduire",
}
Pages = dict[str, tuple[str, str]]
Lectures = dict[str, list[str]]


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


def test_chaque_page_lit_peu(lectures):
    longues = {nom: len(lues) for nom, lues in lectures.items() if len(lues) > AU_PLUS}

    assert len(lectures) > 300
    assert {nom: n for nom, n in longues.items() if nom not in PLUS_LONGUES} == {}
