"""Le stockage tombe :
cela se dit, rien de reçu ne se perd, et ce qui était entier se dépose quand même.
"""

import pytest
import time_machine

from beffroi.faces.api.tests.logiciel import deposer, envoyer_tout
from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.depots.tests.factories import VEILLE, sceller
from beffroi.socle.fondations.stockage import stockage


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


@pytest.fixture
def panne(settings):
    """Un service S3 à une adresse où personne ne répond."""

    def declencher() -> None:
        acces = {
            "adresse": "http://127.0.0.1:9",
            "region": "x",
            "identifiant": "a",
            "cle": "b",
            "compartiment": "c",
        }
        settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "s3", **acces}
        stockage.cache_clear()

    yield declencher
    stockage.cache_clear()


def annoncer(logiciel, reponse):
    fiche = {
        "enveloppe": "offre",
        "lot": None,
        "nom": "plan.pdf",
        "taille": len(sceller(b"plan").octets),
    }
    return logiciel.demander("post", f"reponses/{reponse['reponse']}/fichiers", fiche)


def test_un_nouveau_fichier_attend_et_la_phrase_le_dit(logiciel, reponse, panne):
    panne()

    retour = annoncer(logiciel, reponse)

    assert retour.status_code == 503
    assert "Le stockage ne répond pas. Réessayez dans un instant." in retour.content.decode()
    assert not FichierScelle.objects.exists()


def test_ce_qui_est_entier_se_depose_pendant_la_panne(logiciel, reponse, pret, panne):
    panne()

    recu = deposer(logiciel, reponse, pret)

    assert recu.status_code == 201


def test_apres_la_panne_tout_ce_qui_etait_recu_est_la(logiciel, reponse, panne, settings):
    avant = settings.STOCKAGE
    fichier = envoyer_tout(logiciel, reponse)
    panne()
    assert annoncer(logiciel, reponse).status_code == 503

    settings.STOCKAGE = avant
    stockage.cache_clear()

    assert logiciel.demander("get", f"fichiers/{fichier}").json()["etat"] == "termine"
    assert annoncer(logiciel, reponse).status_code == 201
