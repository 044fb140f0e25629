import pytest

from beffroi.faces.api.tests.logiciel import Logiciel, demande, envoyer_tout
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE


@pytest.fixture(autouse=True)
def _disque_neuf(stockage_a_part):
    """Chaque test a son disque."""


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def consultation(consultation_du_depot):
    return consultation_du_depot


@pytest.fixture
def logiciel(client, faitage):
    _, secret = delivrer_jeton(utilisateur=faitage.personne, libelle="essai", maintenant=VEILLE)
    return Logiciel(client, secret)


@pytest.fixture
def etranger(client, consultation):
    """Une autre entreprise, avec son propre jeton."""
    personne = factories.membre("Zoé Wattel").utilisateur
    _, secret = delivrer_jeton(utilisateur=personne, libelle="autre", maintenant=VEILLE)
    logiciel = Logiciel(client, secret)
    logiciel.personne = personne
    return logiciel


@pytest.fixture
def reponse(logiciel, consultation):
    """Une réponse commencée par l'API, et son jeton pris pour la suite."""
    corps = logiciel.demander(
        "post", f"consultations/{consultation.reference}/reponses", {"lots": []}
    ).json()
    logiciel.jeton = corps["jeton"]
    return corps


@pytest.fixture
def pret(logiciel, reponse) -> dict:
    return demande(
        envoyer_tout(logiciel, reponse), envoyer_tout(logiciel, reponse, b"{}", "manifeste.age")
    )
