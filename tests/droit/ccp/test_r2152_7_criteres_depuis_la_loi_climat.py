"""CCP, art. R. 2152-7, L. 2112-2, L. 2112-2-1, L. 2111-2, L. 3114-2, L. 3114-2-1 et R. 3124-4 :
depuis le 21 août 2026, un critère environnemental au moins, et le prix ne peut plus être seul.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, LOI_CLIMAT, bascule

pytestmark = [
    pytest.mark.article("CCP", "R. 2152-7"),
    pytest.mark.article("CCP", "L. 2112-2"),
    pytest.mark.article("CCP", "L. 2112-2-1"),
    pytest.mark.article("CCP", "L. 2111-2"),
    pytest.mark.article("CCP", "R. 3124-4"),
]


@pytest.mark.parametrize(
    "cle", ["durable.critere_environnemental", "durable.conditions_environnementales"]
)
def test_une_consultation_lancee_la_veille_n_y_est_pas_tenue(cle):
    assert bascule(cle, CODE) == (INCONNUE, False)
    assert bascule(cle, LOI_CLIMAT) == (False, True)


def test_le_prix_seul_etait_permis_la_veille():
    assert bascule("durable.prix_seul", CODE) == (INCONNUE, True)
    assert bascule("durable.prix_seul", LOI_CLIMAT) == (True, False)


@pytest.mark.parametrize(
    "cle",
    [
        "durable.conditions_sociales",
        "durable.specifications",
        "durable.concession.conditions_environnementales",
        "durable.concession.conditions_sociales",
        "durable.concession.critere_environnemental",
    ],
)
def test_l_obligation_nait_ce_jour_la(cle):
    assert bascule(cle, LOI_CLIMAT) == (INCONNUE, True)


def test_quatre_exceptions_aux_conditions_sociales():
    exceptions = (
        "solution immédiatement disponible",
        "aucun lien suffisant avec l'objet du marché",
        "concurrence restreinte ou exécution trop difficile",
        "travaux de moins de six mois",
    )

    assert bascule("durable.conditions_sociales.exceptions", LOI_CLIMAT) == (INCONNUE, exceptions)
