"""CGCT, art. L. 1414-2 :
en procédure formalisée, la commission d'appel d'offres choisit le titulaire.
"""

import pytest

from beffroi.choix.commissions.rules import Place, choix_du_titulaire, presences_recevables

pytestmark = pytest.mark.article("CGCT", "L. 1414-2")


def choix(**change):
    faits = {
        "exige": True,
        "avis": "La CAO : attribuer à X.",
        "conforme": None,
        "dispense": False,
        "remplace": False,
    }
    return choix_du_titulaire(**{**faits, **change})


def test_sans_choix_de_la_commission_une_procedure_formalisee_ne_s_attribue_pas():
    assert not choix().favorable


def test_une_autre_offre_que_celle_choisie_est_refusee_meme_avec_une_raison_de_s_en_passer():
    refus = choix(conforme=False, dispense=True)

    assert "La CAO : attribuer à X." in str(refus.motifs[0])


@pytest.mark.parametrize(
    "faits", [{"conforme": True}, {"dispense": True}, {"exige": False}, {"remplace": True}]
)
def test_le_choix_suivi_l_urgence_ecrite_la_procedure_adaptee_et_la_defaillance_passent(faits):
    assert choix(**faits).favorable


def test_la_commission_delibere_a_distance_quand_la_convocation_l_a_prevu():
    places = [Place("Hélène", "president", "distance")]

    assert presences_recevables(places, a_distance=True).favorable
    assert not presences_recevables(places, a_distance=False).favorable
