"""Notre moteur rend les mêmes constats que celui de l'Office des publications, règle par règle."""

from collections import Counter

import pytest

from formats.schematron import valider
from formats.schematron.constat import lire
from formats.tests.normes import MOTEUR, avec_les_rapports

pytestmark = avec_les_rapports
PHASES = {"cn": "eforms-16", "can": "eforms-29"}
RAPPORTS = sorted((MOTEUR / "reports").glob("*.svrl"))


@pytest.mark.parametrize("rapport", RAPPORTS, ids=lambda rapport: rapport.stem)
def test_les_constats_sont_ceux_du_rapport_officiel(rapport, ouvrier, feuilles):
    phase = PHASES[rapport.stem.removeprefix("INVALID_").partition("_")[0]]
    notice = (MOTEUR / "notices" / f"{rapport.stem}.xml").read_bytes()

    constats = valider(
        notice,
        schematron=MOTEUR / "schematrons" / "complete-validation.sch",
        phase=phase,
        cache=feuilles,
        ouvrier=ouvrier,
    )

    attendus = lire(rapport.read_bytes())
    assert Counter(c.regle for c in constats) == Counter(c.regle for c in attendus)


def test_les_rapports_officiels_sont_la():
    assert len(RAPPORTS) == 8
