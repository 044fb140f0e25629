"""CCP, art. R. 2162-24 : pour une collectivité, les membres élus de la CAO font partie du jury."""

import pytest

from beffroi.choix.commissions.rules import Personne, composition

pytestmark = pytest.mark.article("CCP", "R. 2162-24")
JURY = [Personne("Hélène Duriez", "president"), Personne("Bernard Lefebvre", "titulaire")]


def test_les_elus_de_la_cao_y_sont_rien_n_est_a_dire():
    assert composition("jury", JURY, elus=["BERNARD LEFEBVRE"]) == ()


def test_un_elu_qui_manque_est_nomme_avec_l_article():
    [remarque] = composition("jury", JURY, elus=["Bernard Lefebvre", "Odette Brame"])

    assert (
        "Odette Brame" in str(remarque)
        and "Bernard" not in str(remarque)
        and "R. 2162-24" in str(remarque)
    )


def test_une_cao_qui_n_est_pas_inscrite_se_dit():
    [remarque] = composition("jury", JURY, elus=None)

    assert "n'est pas inscrite ici" in str(remarque)


def test_aucun_article_du_jury_n_est_cite_pour_le_president():
    [remarque] = composition("jury", JURY[1:])

    assert "pas de président" in str(remarque) and "art." not in str(remarque)
