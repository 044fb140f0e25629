"""Chaque écran, au téléphone : dans une démonstration à lui, où rien n'a encore été fait."""

from collections.abc import Callable, Iterator

import pytest

from tests.parcours.ecran import Ecran
from tests.parcours.ecrans import ECRANS
from tests.parcours.regards import TELEPHONE, a_regarder
from tests.plateforme import Plateforme


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    with a_regarder(origine, tmp_path_factory) as copie:
        yield copie


# Le même document, que la série de chaque jour a vu tenir sans déborder à 360 et 320 px :
# axe n'y relit que ce qui dépend de la place, la taille des cibles, les zones qui défilent.
@pytest.mark.long
@pytest.mark.parametrize("ecran", ECRANS, ids=str)
def test_un_ecran_au_telephone(ecran: Ecran, voir: Callable[[Ecran, int], None]) -> None:
    voir(ecran, TELEPHONE)
