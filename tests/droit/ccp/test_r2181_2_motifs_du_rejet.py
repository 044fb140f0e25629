"""CCP, art. R. 2181-2, R. 2181-4 et R. 3126-12 :
quinze jours pour répondre à qui demande les motifs de son rejet.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2181-2"),
    pytest.mark.article("CCP", "R. 2181-4"),
    pytest.mark.article("CCP", "R. 3126-12"),
]


@pytest.mark.parametrize(
    ("cle", "depuis"),
    [
        ("motifs.procedure_adaptee", CODE),
        ("motifs.procedure_formalisee", CODE),
        ("motifs.concession_sous_le_seuil", LECTURE),
    ],
)
def test_l_acheteur_a_quinze_jours_pour_repondre(cle, depuis):
    assert bascule(cle, depuis) == (INCONNUE, 15)
