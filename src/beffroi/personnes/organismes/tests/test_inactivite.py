"""La séance d'un agent inactif se ferme et le dit ; une entreprise n'est jamais interrompue."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes import services
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
BOMY = "21620155800014"
AGENTS = f"/organisme/{BOMY}/"
SCRIPT = {"Sec-Fetch-Mode": "cors"}


@pytest.fixture
def agent() -> Client:
    bomy = services.creer_organisme(
        nom="Commune de Bomy", siret=BOMY, par=PLATEFORME, maintenant=LUNDI
    )
    martine = avec_second_facteur(personne("Martine Caron"))
    services.habiliter(
        organisme=bomy,
        utilisateur=martine,
        roles=["administrateur"],
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return connecter(Client(), martine)


@pytest.fixture
def horloge():
    with time_machine.travel(LUNDI, tick=False) as horloge:
        yield horloge


def attendre(horloge, minutes):
    horloge.shift(timedelta(minutes=minutes))


def test_un_agent_inactif_revient_a_la_page_qu_il_demandait_apres_connexion(agent, horloge):
    agent.get(AGENTS)
    attendre(horloge, 31)

    reponse = agent.get(f"{AGENTS}revue/?page=2")

    assert reponse.url == f"/compte/connexion/?next={AGENTS}revue/%3Fpage%3D2"
    page = agent.get(reponse.url).content.decode()
    assert (
        "rien ne s’est passé pendant 30\N{NO-BREAK SPACE}min" in page
        and "vous reviendrez à la même page" in page
    )
    assert agent.get(AGENTS).status_code == 302


def test_un_agent_qui_travaille_reste_connecte(agent, horloge):
    for _ in range(4):
        assert agent.get(AGENTS).status_code == 200
        attendre(horloge, 20)


def test_une_page_qui_se_rafraichit_seule_ne_tient_pas_la_seance_ouverte(agent, horloge):
    agent.get(AGENTS)
    for _ in range(3):
        attendre(horloge, 11)
        derniere = agent.get(AGENTS, headers=SCRIPT)

    assert derniere.status_code == 401
    assert "Reconnectez-vous" in derniere.json()["detail"]
    assert agent.get(AGENTS).url.startswith("/compte/connexion/")


def test_la_fermeture_dite_a_un_script_porte_le_nom_de_sa_demande(agent, horloge):
    agent.get(AGENTS)
    attendre(horloge, 31)

    refus = agent.get(AGENTS, headers=SCRIPT)

    assert (refus.status_code, refus["Content-Type"]) == (401, "application/problem+json")
    assert refus.json()["instance"] == uuid.UUID(refus["X-Request-ID"]).urn
    assert "Reconnectez-vous" in refus.json()["detail"]


def test_un_signe_de_presence_prolonge_la_seance(agent, horloge):
    agent.get(AGENTS)
    attendre(horloge, 29)

    assert agent.post("/compte/presence", headers=SCRIPT).status_code == 204

    attendre(horloge, 29)
    assert agent.get(AGENTS).status_code == 200


def test_un_envoi_trop_tardif_est_dit_perdu_et_ramene_a_son_formulaire(agent, horloge):
    agent.get(AGENTS)
    attendre(horloge, 31)

    depart = {"Referer": f"http://testserver{AGENTS}agents/habiliter/"}
    reponse = agent.post(f"{AGENTS}agents/habiliter/", {"nom": "Yvette"}, headers=depart)

    assert reponse.url == f"/compte/connexion/?next={AGENTS}agents/habiliter/"
    assert "n’a pas été enregistré" in agent.get(reponse.url).content.decode()


def test_un_envoi_venu_d_ailleurs_ne_conduit_pas_ailleurs(agent, horloge):
    agent.get(AGENTS)
    attendre(horloge, 31)

    reponse = agent.post(AGENTS, headers={"Referer": "https://ailleurs.example/piege"})

    assert reponse.url == "/compte/connexion/?next=/"


def test_une_entreprise_n_est_jamais_interrompue(client, horloge):
    connecter(client, personne())
    client.get("/mes-reponses/")
    attendre(horloge, 600)

    assert client.get("/mes-reponses/").status_code == 200


def test_l_exploitant_peut_choisir_une_autre_duree_ou_aucune(agent, horloge, settings):
    settings.INACTIVITE_DES_AGENTS_MIN = 0
    agent.get(AGENTS)
    attendre(horloge, 120)

    assert agent.get(AGENTS).status_code == 200
    assert "data-presence" not in agent.get(AGENTS).content.decode()


def test_la_page_d_un_agent_sait_prevenir_celle_d_une_entreprise_n_en_a_pas_besoin(agent, client):
    connecter(client, personne())

    assert 'data-presence data-minutes="30"' in agent.get(AGENTS).content.decode()
    assert "data-presence" not in client.get("/mes-reponses/").content.decode()


def test_par_l_api_non_plus_un_poste_quitte_ne_lit_rien(agent, horloge):
    lire = "/api/v1/acheteur/consultations"
    agent.get(AGENTS)
    assert agent.get(lire).status_code == 200
    attendre(horloge, 31)

    assert agent.get(lire).status_code == 401
