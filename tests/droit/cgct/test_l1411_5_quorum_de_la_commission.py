"""CGCT, art. L. 1411-5 et L. 1414-2 : le quorum de la commission d'appel d'offres."""

import pytest

from beffroi.seance.ouverture.rules import Commission, quorum

pytestmark = [pytest.mark.article("CGCT", "L. 1411-5"), pytest.mark.article("CGCT", "L. 1414-2")]


def commission(presents: int, absents: int, **change) -> Commission:
    return Commission(
        titulaires_presents=tuple(f"Présent {n}" for n in range(presents)),
        titulaires_absents=tuple(f"Absent {n}" for n in range(absents)),
        **change,
    )


@pytest.mark.parametrize(
    "presents,absents,atteint", [(3, 3, False), (4, 2, True), (2, 3, False), (3, 2, True)]
)
def test_il_faut_plus_de_la_moitie_des_voix(presents, absents, atteint):
    assert quorum(commission(presents, absents)).favorable is atteint


def test_apres_une_seconde_convocation_aucun_quorum_n_est_demande():
    assert quorum(commission(1, 5, seconde_convocation=True)).favorable
