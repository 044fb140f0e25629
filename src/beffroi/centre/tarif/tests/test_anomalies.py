"""Ce qui est à vérifier avant de valider, et ce qu'il est bon de savoir."""

from dataclasses import replace
from datetime import date

import pytest

from beffroi.centre.tarif.rules.anomalies import Ligne, anomalies
from beffroi.centre.tarif.rules.presomption import Habitants, Presomption, presumer


def presume(habitants: int) -> Presomption:
    population = Habitants(habitants, date(2027, 1, 1), "INSEE")
    return presumer(agents=None, nature="commune", habitants=population, sous=2000, seuil=350)


LIGNE = Ligne(
    420,
    350,
    172,
    "compte",
    tranche=3,
    premier_de_la_tranche=151,
    est_payante=True,
    tranche_d_avant=3,
)


@pytest.mark.parametrize(
    ("changements", "codes"),
    [
        ({}, []),
        ({"agents": 350}, ["au_seuil!"]),
        ({"agents": None, "tranche": None, "est_payante": False}, ["sans_effectif!"]),
        ({"effectif_a_verifier": "dernier connu : 2025"}, ["effectif!"]),
        ({"volume": 151}, ["a_une_unite!"]),
        ({"volume": 151, "source_du_volume": "estime"}, []),
        ({"volume": 250}, ["borne"]),
        ({"tranche_d_avant": 2}, ["change"]),
        ({"effet": date(2027, 7, 1)}, ["adhesion!"]),
        ({"effet": date(2027, 7, 1), "est_payante": False}, ["adhesion"]),
        ({"sans_piece": True}, ["sans_piece!"]),
        ({"sans_piece": True, "est_payante": False}, []),
        ({"effectif_a_verifier": "ancien", "population_confirme": True}, ["effectif"]),
        ({"agents": None, "est_payante": False, "presomption": presume(900)}, ["presume"]),
        ({"agents": None, "est_payante": False, "presomption": presume(2001)}, ["sans_effectif!"]),
        ({"fin": date(2027, 7, 1), "volume": 151}, ["a_une_unite!", "depart!"]),
    ],
)
def test_ce_qui_est_a_verifier_vient_d_abord(changements, codes):
    trouvees = anomalies(replace(LIGNE, **changements))

    assert [une.code + "!" * une.est_a_verifier for une in trouvees] == codes
