"""Déposer hors délai se propose tant que c'est reçu :
le bouton, la phrase et la règle disent la même chose.
"""

from datetime import timedelta

import pytest
import time_machine

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.reponse.depots.rules import peut_recevoir_des_plis
from beffroi.socle.fondations.horloge import maintenant

pytestmark = [pytest.mark.django_db, pytest.mark.article("CCP", "annexe 7")]


@pytest.mark.parametrize(
    ("etat", "recoit"),
    [
        ("close", True),
        ("en_ouverture", True),
        ("depouillee", True),
        ("attribuee", True),
        ("archivee", False),
    ],
)
def test_le_depot_hors_delai_se_propose_tant_qu_il_est_recu(client, etat, recoit):
    consultation = planter_la_scene(le=maintenant()).publiee()
    Consultation.toutes.filter(pk=consultation.pk).update(etat=etat)

    with time_machine.travel(consultation.limite + timedelta(days=1), tick=False):
        page = (
            client.get(f"/consultations/{consultation.reference}/")
            .content.decode()
            .replace("\xa0", " ")
        )

    assert peut_recevoir_des_plis(etat=etat).favorable is recoit
    assert ("Déposer hors délai" in page) is recoit
    assert ("est reçue, marquée hors délai" in page) is recoit
