"""Chaque écran, pour qui le regarde :
axe sans violation, rien qui déborde, un titre, aucune erreur, rien d'ailleurs.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.architecture.adresses import noms_servis
from tests.parcours.ecran import Ecran
from tests.parcours.ecrans import ECRANS, SANS_ECRAN
from tests.parcours.regards import LARGE, a_regarder
from tests.plateforme import Plateforme


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    with a_regarder(origine, tmp_path_factory) as copie:
        yield copie


def etats() -> Iterator[Any]:
    """Chaque adresse, dans son premier état, chaque jour ; dans les autres, la série longue."""
    vues: set[str] = set()
    for ecran in ECRANS:
        # Le même gabarit, autrement rempli : chaque jour, les tests de son contexte le lisent.
        marques = [pytest.mark.long] if ecran.route in vues else []
        vues.add(ecran.route)
        yield pytest.param(ecran, id=str(ecran), marks=marques)


@pytest.mark.parametrize("ecran", [*etats()])
def test_un_ecran(ecran: Ecran, voir: Callable[[Ecran, int], None]) -> None:
    voir(ecran, LARGE)


def test_aucun_ecran_ne_manque_a_la_table() -> None:
    # L'API parle aux logiciels : elle n'a pas d'écran.
    servis = {nom for nom in noms_servis() if not nom.startswith(("api-", "sans nom : /api/"))}
    regardes = {ecran.route for ecran in ECRANS}

    assert servis - regardes - SANS_ECRAN.keys() == set(), (
        "ni écran dans la table, ni raison de ne pas en avoir"
    )
    assert (regardes | SANS_ECRAN.keys()) - servis == set(), (
        "la table nomme des adresses qui ne sont plus servies"
    )
    assert regardes & SANS_ECRAN.keys() == set()
