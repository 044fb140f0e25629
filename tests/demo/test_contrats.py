"""Les contrats de la démonstration :
un avis d'attribution en retard s'y voit, dans « À faire » et sur sa page.
"""

from datetime import datetime

import pytest

from beffroi.contrat.marches.echeances import attendues
from beffroi.contrat.marches.ecrans import alertes
from beffroi.contrat.marches.models import Marche
from demo import contrats
from demo.peuplement import peupler
from formats.dates import PARIS

LE = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


@pytest.mark.django_db
def test_un_avis_d_attribution_est_en_retard():
    troupe = peupler(le=datetime(2026, 1, 5, 9, 0, tzinfo=PARIS))
    contrats.raconter(troupe, le=LE)

    dus = [
        a
        for a in attendues([troupe.organismes["Bomy"]], le=LE)
        if a.titre.startswith("Avis d'attribution")
    ]
    assert [(due.detail[:8], due.quand, due.presse) for due in dus] == [
        ("2026-007", "En retard : dû le 15 novembre 2026", True),
    ]
    oublie = Marche.toutes.get(numero="2026-007")
    assert "Dû depuis le 15 novembre 2026" in alertes(oublie, jour=LE.date())[0].texte
