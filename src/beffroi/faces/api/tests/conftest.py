import pytest

from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.conftest import _stockage_a_part, consultation, faitage  # noqa: F401  les mêmes données
from beffroi.reponse.depots.tests.factories import VEILLE


class Logiciel:
    """Le logiciel d'une entreprise : un client HTTP et un jeton."""

    def __init__(self, client, jeton: str) -> None:
        self.client, self.jeton = client, jeton

    def demander(self, verbe: str, chemin: str, corps=None, **entetes):
        entetes = {"authorization": f"Bearer {self.jeton}", **entetes}
        options = {} if corps is None else {"data": corps, "content_type": "application/json"}
        return getattr(self.client, verbe)(f"/api/v1/{chemin}", headers=entetes, **options)

    def envoyer(self, url: str, octets: bytes, entetes: dict):
        return self.client.put(
            url, data=octets, content_type=entetes["Content-Type"], headers=dict(entetes)
        )


@pytest.fixture
def logiciel(client, faitage):  # noqa: F811
    _, secret = delivrer_jeton(utilisateur=faitage.personne, libelle="essai", maintenant=VEILLE)
    return Logiciel(client, secret)


@pytest.fixture
def etranger(client, consultation):  # noqa: F811
    """Une autre entreprise, avec son propre jeton."""
    personne = factories.membre("Zoé Wattel").utilisateur
    _, secret = delivrer_jeton(utilisateur=personne, libelle="autre", maintenant=VEILLE)
    logiciel = Logiciel(client, secret)
    logiciel.personne = personne
    return logiciel


@pytest.fixture
def reponse(logiciel, consultation):  # noqa: F811
    """Une réponse commencée par l'API, et son jeton pris pour la suite."""
    corps = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    ).json()
    logiciel.jeton = corps["jeton"]
    return corps
