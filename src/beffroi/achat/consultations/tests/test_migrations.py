"""Les migrations de données : ce qui était écrit se relit, dans les deux sens."""

from importlib import import_module

import pytest
from django.apps import apps

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.socle.fondations.horloge import maintenant

cles = import_module("beffroi.achat.consultations.migrations.0004_cles_des_procedures")


@pytest.mark.django_db
@pytest.mark.parametrize("avant", cles.CLES)
def test_une_procedure_d_avant_devient_une_cle_des_tables_et_revient(avant):
    reference = planter_la_scene(le=maintenant()).brouillon().reference
    Consultation.toutes.filter(reference=reference).update(type_de_procedure=avant)

    cles.nommer_par_les_tables(apps, None)
    assert Consultation.toutes.get(reference=reference).procedure.cle == cles.CLES[avant]
    cles.nommer_comme_avant(apps, None)
    assert Consultation.toutes.get(reference=reference).type_de_procedure == avant
