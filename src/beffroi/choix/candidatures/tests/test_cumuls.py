"""La même entreprise dans deux réponses :
ce que la loi interdit, ce que le règlement interdit, ce qui est permis.
"""

import pytest

from beffroi.choix.candidatures.cumuls import Participation, cumuls

SEULE = Participation("D-1", "Faîtage", "111")
MENE = Participation("D-2", "Zingueurs", "222", (("111", "Faîtage"),))
MENE_ENCORE = Participation("D-3", "Zingueurs", "222", (("333", "Étoile"),))
MEMBRE_AILLEURS = Participation("D-4", "Étoile", "333", (("111", "Faîtage"),))


@pytest.mark.article("CCP", "R. 2142-21")
@pytest.mark.parametrize("interdit", [True, False])
def test_seule_et_en_groupement_depend_du_reglement(interdit):
    [cumul] = cumuls([SEULE, MENE], interdit=interdit)

    assert cumul.interdit is interdit
    assert "Faîtage répond seule et dans un groupement (D-1 et D-2)" in cumul.motif.texte


@pytest.mark.article("CCP", "R. 2142-21")
def test_membre_de_deux_groupements_se_voit_par_son_siren():
    [cumul] = cumuls([MENE, MEMBRE_AILLEURS], interdit=True)

    assert "Faîtage est dans deux groupements" in cumul.motif.texte


@pytest.mark.article("CCP", "R. 2142-23")
def test_on_n_est_mandataire_que_d_un_groupement_meme_si_le_cumul_est_permis():
    [cumul] = cumuls([MENE, MENE_ENCORE], interdit=False)

    assert cumul.interdit
    assert str(cumul.motif.source) == "CCP, art. R. 2142-23"


def test_d_un_lot_a_l_autre_rien_ne_se_cumule():
    au_lot_2 = Participation("D-2", "Zingueurs", "222", (("111", "Faîtage"),), frozenset({2}))

    assert (
        cumuls(
            [Participation("D-1", "Faîtage", "111", lots=frozenset({1})), au_lot_2], interdit=True
        )
        == ()
    )


def test_le_meme_soumissionnaire_deux_fois_n_est_pas_un_cumul():
    assert cumuls([SEULE, Participation("D-9", "Faîtage", "111")], interdit=True) == ()


def test_une_concession_ne_cite_pas_les_articles_des_marches():
    [cumul] = cumuls([SEULE, MENE], interdit=True, concession=True)

    assert cumul.motif.source is None
