"""Le centre a un nom, et un seul : celui de ses conventions va jusqu'aux courriels et aux pages."""

from datetime import date

import pytest
from django.db import OperationalError

from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations import exploitant, services
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
NOM = "Centre de gestion de la Somme"
PAGES = ("/conditions-d-utilisation/", "/accessibilite/", "/donnees-personnelles/", "/contact/")


@pytest.fixture
def nomme() -> None:
    gestes.le_centre()
    decider(
        nom="centre",
        valeur=NOM,
        effet_le=date(2026, 1, 1),
        deliberation="2026-1",
        par=Utilisateur.objects.get(nom="Benoît Roussel"),
        maintenant=LUNDI,
    )


def test_avant_tout_centre_les_reglages_le_nomment(settings):
    assert exploitant.nom(LUNDI) == settings.SERVICE["exploitant"]


def test_sans_parametre_l_organisme_le_nomme():
    centre = creer_organisme(
        nom="Cdg de l'exemple",
        siret=gestes.SIRET_DU_CENTRE,
        role="exploitant",
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert exploitant.nom(LUNDI) == centre.nom


def test_le_nom_decide_passe_devant_a_partir_de_son_jour(nomme):
    assert exploitant.nom(LUNDI) == NOM
    assert exploitant.nom(LUNDI.replace(year=2025)) != NOM


@pytest.mark.parametrize("adresse", PAGES)
def test_les_pages_qui_nomment_qui_tient_le_service_le_disent(nomme, client, adresse):
    assert NOM in client.get(adresse).content.decode()


def test_un_courriel_est_signe_de_ce_nom(nomme):
    courriel = services.ecrire_a(
        "martine@bomy.example",
        cle="essai",
        sujet="Un essai",
        gabarit="organismes/courriels/roles.txt",
        contexte={},
        maintenant=LUNDI,
    )

    assert NOM in courriel.texte


def test_une_base_qui_ne_repond_plus_ne_cache_pas_la_page(monkeypatch, settings):
    def tombe(**_):
        raise OperationalError

    monkeypatch.setattr(exploitant, "nom_du_centre", tombe)

    assert exploitant.nom(LUNDI) == settings.SERVICE["exploitant"]
