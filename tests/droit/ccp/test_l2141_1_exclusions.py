"""CCP, art. L. 2113-12 à L. 2113-16, L. 2141-1 à L. 2141-11 :
sur quoi une candidature s'écarte, et ce qui ne suffit pas.
"""

import pytest

from beffroi.choix.candidatures.rules import FONDEMENTS, decision_motivee, fondement

pytestmark = [
    pytest.mark.article("CCP", "L. 2113-12 à L. 2113-16"),
    pytest.mark.article("CCP", "L. 2141-1 à L. 2141-5"),
    pytest.mark.article("CCP", "L. 2141-7 à L. 2141-11"),
]


@pytest.mark.parametrize(
    ("base", "article"),
    [
        ("exclusion", "L. 2141-1 à L. 2141-5"),
        ("appreciation", "L. 2141-7 à L. 2141-11"),
        ("reserve", "L. 2113-12 à L. 2113-16"),
    ],
)
def test_la_base_se_dit_avec_son_article_dans_un_marche_et_sans_lui_en_concession(base, article):
    assert str(fondement(base, concession=False)) == f"CCP, art. {article}"
    assert fondement(base, concession=True) is None


@pytest.mark.parametrize("base", FONDEMENTS)
def test_une_base_de_la_loi_ne_dispense_pas_d_un_motif(base):
    assert decision_motivee(
        retenue=False, motif="Liquidation judiciaire.", base=base, base_exigee=True
    ).favorable
    assert not decision_motivee(retenue=False, motif=" ", base=base, base_exigee=True).favorable


def test_sans_base_ou_sur_une_base_inventee_rien_ne_s_ecarte():
    for base in ("", "reputation"):
        assert not decision_motivee(
            retenue=False, motif="Mauvaise réputation.", base=base, base_exigee=True
        ).favorable
