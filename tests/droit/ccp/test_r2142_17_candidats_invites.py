"""CCP, art. R. 2142-15 à R. 2142-18. Qui limite le nombre de candidats en invite un minimum,
suffisant pour une vraie concurrence : cinq en appel d'offres restreint, trois en procédure avec
négociation, pour un pouvoir adjudicateur. S'il y a moins de candidats qui satisfont aux conditions,
la procédure peut continuer avec eux : ce n'est qu'un avertissement.
"""

from datetime import date

import pytest

from beffroi.choix.selection.rules import assez_de_candidats
from droit.tables import charger

pytestmark = [pytest.mark.article("CCP", "R. 2142-17"), pytest.mark.article("CCP", "R. 2142-18")]


def avertit(cle, retenues, acheteur="pouvoir_adjudicateur"):
    decision = assez_de_candidats(
        retenues=retenues,
        procedure=charger().procedures[cle],
        acheteur=acheteur,
        le=date(2026, 11, 26),
    )
    assert decision.favorable
    return [str(motif.source) for motif in decision.motifs]


@pytest.mark.parametrize(
    "cle,minimum", [("appel_offres_restreint", 5), ("procedure_avec_negociation", 3)]
)
def test_sous_le_minimum_un_avertissement_jamais_un_refus(cle, minimum):
    assert len(avertit(cle, minimum - 1)) == 1
    assert avertit(cle, minimum) == []


def test_une_procedure_adaptee_n_a_pas_de_minimum():
    assert avertit("procedure_adaptee_restreinte", 1) == []


def test_une_entite_adjudicatrice_n_a_pas_ce_minimum():
    assert avertit("appel_offres_restreint", 1, acheteur="entite_adjudicatrice") == []
