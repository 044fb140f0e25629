"""CCP, art. R. 2162-44 à R. 2162-50 et R. 2162-63 :
délais du système d'acquisition dynamique et de l'enchère.
"""

import pytest

from droit.en_vigueur import Droit
from tests.droit.bornes import CODE, INCONNUE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2162-44"),
    pytest.mark.article("CCP", "R. 2162-45"),
    pytest.mark.article("CCP", "R. 2162-47"),
    pytest.mark.article("CCP", "R. 2162-50"),
    pytest.mark.article("CCP", "R. 2162-63"),
]


@pytest.mark.parametrize(
    ("cle", "nombre", "unite"),
    [
        ("delai.systeme_acquisition_dynamique.candidatures", 30, "jours"),
        ("delai.systeme_acquisition_dynamique.offres", 10, "jours"),
        ("delai.systeme_acquisition_dynamique.evaluation", 10, "jours_ouvrables"),
        ("delai.systeme_acquisition_dynamique.evaluation.justifiee", 15, "jours_ouvrables"),
        ("delai.systeme_acquisition_dynamique.actualisation", 5, "jours_ouvrables"),
        ("delai.enchere_electronique.invitation", 2, "jours_ouvrables"),
    ],
)
def test_le_delai_se_compte_dans_l_unite_du_texte(cle, nombre, unite):
    assert bascule(cle, CODE) == (INCONNUE, nombre)
    assert Droit.au(CODE).valeur(cle).unite == unite
