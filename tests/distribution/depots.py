"""Une consultation qui reçoit des réponses, et l'entreprise qui en fait une."""

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.tests import factories
from tests.semis import plante


@pytest.fixture
def consultation_du_depot(db: None) -> Consultation:
    return plante("consultation du dépôt", factories.consultation, le=factories.VEILLE)


@pytest.fixture
def faitage(consultation_du_depot: Consultation) -> factories.Candidat:
    """Sophie Merlin, de l'Atelier du Faîtage."""
    sophie = plante("Sophie Merlin", factories.membre, le=factories.VEILLE)
    return factories.Candidat(consultation_du_depot, sophie)
