"""CCP, art. R. 2123-1, 2°, et R. 2122-8 : les lots qui peuvent suivre une procédure plus légère."""

import pytest

from tests.droit.besoins import articles, lots, propose

pytestmark = pytest.mark.article("CCP", "R. 2123-1")


def test_un_lot_de_79_999_euros_peut_passer_en_procedure_adaptee_celui_de_80_000_non():
    proposition = propose(0, lots=lots(79_999, 80_000, 400_000))

    assert proposition.petits_lots.valeurs == ("1",)
    assert articles(proposition.petits_lots.pourquoi)[:2] == [
        "CCP, art. R. 2123-1, 2°, a",
        "CCP, art. R. 2123-1, 2°, b",
    ]


def test_ensemble_ils_tiennent_exactement_dans_20_pour_cent():
    assert propose(0, lots=lots(50_000, 50_000, 400_000)).petits_lots.valeurs == ("1", "2")


def test_un_euro_de_plus_et_le_second_lot_n_y_tient_plus():
    assert propose(0, lots=lots(50_000, 50_001, 399_999)).petits_lots.valeurs == ("1",)


def test_un_lot_de_travaux_vaut_moins_d_un_million():
    proposition = propose(0, prestation="travaux", lots=lots(999_999, 1_000_000, 8_000_000))

    assert proposition.petits_lots.valeurs == ("1",)


def test_sous_le_seuil_formalise_la_question_ne_se_pose_pas():
    assert propose(0, lots=lots(50_000, 100_000)).petits_lots is None


@pytest.mark.article("CCP", "R. 2122-8")
def test_les_plus_petits_lots_peuvent_se_passer_de_publicite():
    proposition = propose(0, lots=lots(20_000, 85_000))

    assert proposition.lots_sans_publicite.valeurs == ("1",)


@pytest.mark.article("CCP", "R. 2122-8")
def test_pas_s_ils_depassent_un_cinquieme():
    assert propose(0, lots=lots(22_000, 85_000)).lots_sans_publicite is None
