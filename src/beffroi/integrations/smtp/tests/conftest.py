import pytest

from beffroi.integrations.smtp.tests.serveur import Serveur, ServeurDEssai, viser


@pytest.fixture
def brancher(settings):
    """Démarre un serveur sur un scénario, et y branche les envois."""
    ouverts = []

    def demarrer(*scenario, port=0):
        serveur = Serveur(*scenario)
        controleur = ServeurDEssai(serveur, port)
        controleur.start()
        ouverts.append(controleur)
        viser(settings, controleur.port)
        return serveur

    yield demarrer
    for controleur in ouverts:
        controleur.stop()
