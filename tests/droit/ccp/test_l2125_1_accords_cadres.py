"""CCP, art. L. 2125-1, R. 2162-4, R. 2142-17 et R. 2113-7 :
durées, maximum, nombre de candidats, marchés réservés.
"""

import pytest

from tests.droit.bornes import CODE, INCONNUE, LECTURE, bascule

pytestmark = [
    pytest.mark.article("CCP", "L. 2125-1"),
    pytest.mark.article("CCP", "R. 2162-4"),
    pytest.mark.article("CCP", "R. 2142-17"),
    pytest.mark.article("CCP", "R. 2113-7"),
]


def test_un_accord_cadre_dure_quatre_ans_ou_huit_pour_une_entite_adjudicatrice():
    assert bascule("accord_cadre.duree.pouvoir_adjudicateur", LECTURE) == (INCONNUE, 4)
    assert bascule("accord_cadre.duree.entite_adjudicatrice", LECTURE) == (INCONNUE, 8)


def test_un_accord_cadre_a_un_maximum():
    assert bascule("accord_cadre.maximum_obligatoire", LECTURE) == (INCONNUE, True)


@pytest.mark.parametrize(
    ("cle", "nombre"),
    [
        ("candidats.minimum.appel_offres_restreint", 5),
        ("candidats.minimum.procedure_avec_negociation", 3),
        ("candidats.minimum.dialogue_competitif", 3),
    ],
)
def test_assez_de_candidats_sont_invites(cle, nombre):
    assert bascule(cle, CODE) == (INCONNUE, nombre)


def test_un_marche_reserve_emploie_la_moitie_de_travailleurs_handicapes_ou_defavorises():
    assert bascule("marche_reserve.proportion_minimale", CODE) == (INCONNUE, 50)
