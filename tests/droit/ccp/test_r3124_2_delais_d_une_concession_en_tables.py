"""CCP, art. R. 3123-14 et R. 3124-2 :
délais d'une concession au-dessus du seuil, moins cinq jours par voie électronique.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 3123-14"), pytest.mark.article("CCP", "R. 3124-2")]


@pytest.mark.parametrize(
    ("cle", "jours"),
    [
        ("delai.concession.candidatures", 30),
        ("delai.concession.candidatures.electronique", 25),
        ("delai.concession.offres", 22),
        ("delai.concession.offres.electronique", 17),
    ],
)
def test_le_delai_vaut_depuis_l_entree_en_vigueur_du_code(cle, jours):
    assert bascule(cle, CODE) == (INCONNUE, jours)
