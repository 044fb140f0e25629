"""CCP, art. R. 2162-18 :
des projets anonymes, un procès-verbal signé par les membres, puis l'anonymat se lève.
"""

from dataclasses import replace

import pytest

from beffroi.choix.commissions.rules import FaitsDeLAnonymat, anonymat_peut_se_lever, code_de_projet

pytestmark = pytest.mark.article("CCP", "R. 2162-18")
SIGNE = FaitsDeLAnonymat(projets=3, votes=1, close=True, signee=True, levee=False)


def test_le_proces_verbal_signe_l_anonymat_peut_se_lever():
    assert anonymat_peut_se_lever(SIGNE).favorable


@pytest.mark.parametrize(
    "manque", [{"signee": False}, {"close": False}, {"votes": 0}, {"projets": 0}, {"levee": True}]
)
def test_rien_ne_se_leve_avant_l_avis_signe_ni_deux_fois(manque):
    assert not anonymat_peut_se_lever(replace(SIGNE, **manque)).favorable


def test_chaque_projet_a_sa_lettre_au_dela_de_vingt_six_aussi():
    assert [code_de_projet(rang) for rang in (0, 1, 25, 26, 27, 52)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AB",
        "BA",
    ]
    assert len({code_de_projet(rang) for rang in range(800)}) == 800
