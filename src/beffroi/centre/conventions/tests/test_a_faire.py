"""« À faire » et les conventions : pour qui les tient, et pour personne d'autre."""

from datetime import timedelta

import pytest

from beffroi.centre.conventions.a_faire import conventions_a_mener
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db


def test_a_faire_le_montre_au_gestionnaire_et_a_lui_seul():
    gestes.le_centre()
    gestes.demande()
    benoit = Utilisateur.objects.get(nom="Benoît Roussel")
    siennes = list(Habilitation.objects.filter(utilisateur=benoit).select_related("organisme"))

    assert [
        tache.geste for tache in conventions_a_mener(siennes, le=LUNDI + timedelta(days=1))
    ] == ["Préparer"]
    assert list(conventions_a_mener([], le=LUNDI)) == []
