"""CCP, art. R. 2184-1 à R. 2184-7 :
qui doit le rapport de présentation, ce qu'il motive, à qui il part.
"""

from datetime import date

import pytest

from beffroi.contrat.achevement.rules.presentation import (
    demande_les_motifs_de_la_procedure,
    devoir_de,
    peut_communiquer,
)

LE = date(2026, 11, 2)


def devoir(**faits):
    return devoir_de(
        **{"formalise": True, "concession": False, "entite_adjudicatrice": False, "le": LE, **faits}
    )


@pytest.mark.article("CCP", "R. 2184-1")
def test_au_dessus_du_seuil_un_pouvoir_adjudicateur_le_doit():
    assert devoir().exige
    assert not devoir(formalise=False).exige
    assert not devoir(concession=True).exige


@pytest.mark.article("CCP", "R. 2184-7")
def test_une_entite_adjudicatrice_garde_ses_justifications_sans_rapport():
    dit = devoir(entite_adjudicatrice=True)

    assert not dit.exige and "R. 2184-7" in str(dit.motif)


@pytest.mark.article("CCP", "R. 2184-3")
@pytest.mark.parametrize(
    ("procedure", "motive"),
    [
        ("procedure_avec_negociation", True),
        ("dialogue_competitif", True),
        ("appel_offres_ouvert", False),
    ],
)
def test_la_negociation_et_le_dialogue_se_motivent(procedure, motive):
    assert demande_les_motifs_de_la_procedure(procedure) is motive


@pytest.mark.article("CCP", "R. 2184-5")
@pytest.mark.article("CCP", "R. 2184-6")
@pytest.mark.parametrize(
    ("faite_le", "demandee_le", "mot"),
    [
        (date(2026, 11, 3), None, "à venir"),
        (date(2026, 10, 1), None, "n'existait pas"),
        (date(2026, 11, 1), date(2026, 11, 2), "précède la demande"),
    ],
)
def test_le_rapport_se_communique_une_fois_etabli_et_demande(faite_le, demandee_le, mot):
    dite = peut_communiquer(
        faite_le=faite_le, etabli_le=date(2026, 10, 30), demandee_le=demandee_le, aujourd_hui=LE
    )

    assert not dite.favorable and mot in str(dite.motifs[0])
    assert peut_communiquer(faite_le=LE, etabli_le=LE, demandee_le=LE, aujourd_hui=LE).favorable
