"""La démonstration mène un marché subséquent de la demande au contrat
notifié, par les actes seuls.
"""

from datetime import timedelta

import pytest

from beffroi.contrat.marches.models import Marche
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo import remises

pytestmark = pytest.mark.django_db


def test_un_marche_subsequent_nait_de_sa_consultation_et_deux_demandes_suivent(troupe):
    remises.raconter(troupe, le=LIMITE + timedelta(days=30))

    conclu = Marche.toutes.get(numero="2026-022")
    assert (conclu.nature, conclu.etat, conclu.accord_cadre.numero) == (
        "marche_subsequent",
        "notifie",
        "2026-010",
    )
    assert conclu.pli is not None
    etats = RemiseEnConcurrence.objects.order_by("pk").values_list("consultation__etat", flat=True)
    assert list(etats) == ["attribuee", "publiee", "brouillon"]
