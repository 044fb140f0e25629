"""L'acte attend une preuve : ce qui était tapé revient, et le fichier choisi aussi."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.tests import gestes
from beffroi.centre.conventions.tests.test_ecrans import fichier
from beffroi.personnes.comptes import suspension, taches
from beffroi.personnes.comptes.models import FichierSuspendu, Utilisateur
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    avec_second_facteur,
    connecter,
)
from beffroi.socle.fondations.horloge import heure_reelle

pytestmark = pytest.mark.django_db
DIT = {
    "numero": "2026-31",
    "prise_le": "2026-10-01",
    "executoire_le": "2026-10-05",
    "date_de_l_acte": "2026-10-06",
}
CHAMPS = "account_authentication_methods"


@pytest.fixture(autouse=True)
def a_lundi(monkeypatch):
    monkeypatch.setattr("beffroi.centre.conventions.views.centre.maintenant", lambda: LUNDI)


@pytest.fixture
def benoit() -> Utilisateur:
    gestes.le_centre()
    return avec_second_facteur(Utilisateur.objects.get(nom="Benoît Roussel"))


@pytest.fixture
def tard(client, benoit) -> Client:
    """Sa dernière preuve a plus de cinq minutes."""
    gestes.envoyee()
    seance = connecter(client, benoit).session
    age = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 60
    seance[CHAMPS] = [{**une, "at": une["at"] - age} for une in seance[CHAMPS]]
    seance.save()
    return client


def envoyer(client: Client, acte: str = "deliberation", **fichiers):
    convention = Convention.objects.get()
    adresse = reverse("conventions:agir", args=[convention.reference, acte])
    return client.post(adresse, {**DIT, **fichiers})


def prouver(client: Client, adresse: str):
    return client.post(adresse, {"password": MOT_DE_PASSE})


@pytest.mark.moteurs
def test_la_preuve_donnee_l_acte_se_fait_avec_le_fichier_choisi(tard):
    attente = envoyer(tard, fichier=fichier("délibération.pdf"))
    page = tard.get(attente.url).content.decode()
    assert "délibération.pdf" in page and "gardé un quart d’heure" in page

    assert prouver(tard, attente.url).status_code == 302
    convention = Convention.objects.get()
    assert (convention.etat, convention.deliberation_numero) == ("deliberation_recue", "2026-31")
    assert convention.pieces.get(sorte="deliberation").nom == "délibération.pdf"
    assert not FichierSuspendu.objects.exists()


def test_ce_qui_attend_est_chiffre(tard):
    envoyer(tard, fichier=fichier())

    assert gestes.PDF not in bytes(FichierSuspendu.objects.get().octets)


def test_un_autre_envoi_de_la_meme_seance_prend_la_place(tard):
    envoyer(tard, fichier=fichier("une.pdf"))
    attente = envoyer(tard, fichier=fichier("autre.pdf"))
    prouver(tard, attente.url)

    assert Convention.objects.get().pieces.get(sorte="deliberation").nom == "autre.pdf"


def test_envoye_sans_fichier_apres_coup_rien_de_l_ancien_ne_s_y_joint(tard):
    attente = envoyer(tard, fichier=fichier())
    tard.post("/compte/confirmer/", {"password": MOT_DE_PASSE})
    assert attente.status_code == 302 and FichierSuspendu.objects.exists()

    assert envoyer(tard).status_code == 422
    assert Convention.objects.get().etat == "chez_la_collectivite"


def test_une_autre_seance_n_y_touche_pas(tard, benoit):
    envoyer(tard, fichier=fichier())
    autre = connecter(Client(), benoit)
    autre.get("/")

    assert envoyer(autre).status_code == 422
    assert FichierSuspendu.objects.count() == 1


def test_trop_lourd_il_ne_se_garde_pas_et_la_page_le_dit(tard, monkeypatch):
    monkeypatch.setattr(suspension, "OCTETS_GARDES", 10)
    attente = envoyer(tard, fichier=fichier())

    assert "trop lourd pour être gardé" in tard.get(attente.url).content.decode()
    assert not FichierSuspendu.objects.exists()
    assert prouver(tard, attente.url).status_code == 422


@pytest.mark.moteurs
def test_le_quart_d_heure_passe_ou_la_seance_finie_rien_ne_reste(tard):
    envoyer(tard, fichier=fichier())
    taches.purger_les_fichiers_suspendus(LUNDI)
    assert FichierSuspendu.objects.exists()
    FichierSuspendu.objects.update(suspendu_le=heure_reelle() - timedelta(minutes=16))
    taches.purger_les_fichiers_suspendus(LUNDI)
    assert not FichierSuspendu.objects.exists()

    envoyer(tard, fichier=fichier())
    tard.logout()
    assert not FichierSuspendu.objects.exists()
