"""Ce qui est à vérifier avant de valider, et ce qu'il est bon de savoir."""

from dataclasses import replace
from datetime import date

import pytest

from beffroi.centre.tarif.rules.anomalies import Ligne, anomalies

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
        ({"effet": date(2027, 7, 1)}, ["adhesion"]),
        ({"fin": date(2027, 7, 1), "volume": 151}, ["a_une_unite!", "depart"]),
    ],
)
def test_ce_qui_est_a_verifier_vient_d_abord(changements, codes):
    trouvees = anomalies(replace(LIGNE, **changements))

    assert [une.code + "!" * une.est_a_verifier for une in trouvees] == codes
