"""CCP, art. R. 2185-1 et R. 2185-2 : renoncer, et dire pourquoi aux entreprises."""

import pytest

from beffroi.achat.consultations.rules.publication import peut_etre_declaree_sans_suite

pytestmark = [pytest.mark.article("CCP", "R. 2185-1"), pytest.mark.article("CCP", "R. 2185-2")]


@pytest.mark.parametrize(
    "motif,permis", [("Le budget a été réduit.", True), ("", False), ("   ", False)]
)
def test_on_ne_renonce_pas_sans_dire_pourquoi(motif, permis):
    assert peut_etre_declaree_sans_suite(motif=motif).favorable is permis
