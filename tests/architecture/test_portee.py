"""La cloison : une requête sans portée échoue, au lieu de tout montrer."""

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.portee import PorteeManquante, portee
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


def test_sans_portee_rien_ne_se_lit():
    with pytest.raises(PorteeManquante):
        list(Consultation.objects.all())


def test_la_portee_se_referme_derriere_soi():
    bomy = creer_organisme(nom="Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI)

    with portee(bomy):
        assert list(Consultation.objects.all()) == []
    with pytest.raises(PorteeManquante):
        list(Consultation.objects.all())
