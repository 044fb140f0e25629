"""Le fil de sécurité : ce que la table a, une ligne par trace, et rien d'autre."""

import json
import logging

import pytest
from django.db import transaction

from beffroi.garde.conformite.models import TraceDeSecurite
from beffroi.garde.conformite.services.securite import noter
from beffroi.personnes.comptes.tests.personnes import LUNDI

pytestmark = pytest.mark.django_db


@pytest.fixture
def emises(settings, caplog, monkeypatch):
    settings.FIL_DE_SECURITE = True
    monkeypatch.setattr(logging.getLogger("beffroi.securite"), "propagate", True)
    caplog.set_level(logging.INFO, logger="beffroi.securite")
    return lambda: [r.getMessage() for r in caplog.records if r.name == "beffroi.securite"]


def test_une_trace_part_en_une_ligne(emises, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        noter("refus", le=LUNDI, compte="U-SOPHIE", adresse="192.0.2.7", logiciel="Firefox")

    (ligne,) = emises()
    assert json.loads(ligne) == {
        "beffroi": "securite",
        "le": LUNDI.isoformat(),
        "fait": "refus",
        "compte": "U-SOPHIE",
        "objet": "",
        "precision": "",
        "adresse": "192.0.2.7",
        "logiciel": "Firefox",
    }


def test_un_champ_hostile_ne_fait_pas_une_ligne_de_plus(emises, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        noter("refus", le=LUNDI, precision='x"}\n{"fait": "connexion"}\u2028')

    (ligne,) = emises()
    assert len(ligne.splitlines()) == 1
    assert json.loads(ligne)["fait"] == "refus"


def test_ce_qui_se_defait_ne_part_pas(emises, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        with transaction.atomic():
            noter("refus", le=LUNDI)
            raise ZeroDivisionError

    assert emises() == []
    assert not TraceDeSecurite.objects.exists()


def test_d_office_rien_ne_part(emises, settings, django_capture_on_commit_callbacks):
    settings.FIL_DE_SECURITE = False

    with django_capture_on_commit_callbacks(execute=True):
        noter("refus", le=LUNDI)

    assert emises() == []
