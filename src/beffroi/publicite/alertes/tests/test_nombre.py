"""Mille alertes d'un coup : chacune coûte autant que la première, et aucune ne tient les autres."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.personnes.abonnements import services as abonnements
from beffroi.publicite.alertes import services
from beffroi.publicite.alertes.tests.gestes import TOITURE, annoncer, paraitre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
REQUETES_PAR_ALERTE = 14  # dont le nom du centre, que chaque courriel porte


def attendre(rangs):
    for rang in rangs:
        abonnements.suivre(
            courriel=f"suivi{rang}@example.org",
            sujet=services.sujet_de(TOITURE),
            maintenant=maintenant(),
        )


def requetes_d_une_annonce():
    paraitre()
    with CaptureQueriesContext(connection) as lues:
        annoncer()
    return len(lues)


def test_chaque_alerte_coute_autant():
    nombres = []
    for debut in (0, 3, 6):
        attendre(range(debut, debut + 3))
        nombres.append(requetes_d_une_annonce())

    assert nombres[2] - nombres[1] == nombres[1] - nombres[0] <= 3 * REQUETES_PAR_ALERTE
    assert Courriel.objects.filter(cle__contains=":alerte").count() == 3 + 6 + 9
