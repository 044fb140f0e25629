"""L'administrateur, l'exploitant, et le second facteur des agents."""

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes import queries, services
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
BOMY = "21620155800014"
AGENTS = f"/organisme/{BOMY}/"


@pytest.fixture
def bomy() -> Organisme:
    return services.creer_organisme(
        nom="Commune de Bomy", siret=BOMY, par=PLATEFORME, maintenant=LUNDI
    )


def agent(organisme: Organisme, nom: str, *roles: str) -> Habilitation:
    utilisateur = avec_second_facteur(personne(nom))
    return services.habiliter(
        organisme=organisme, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def martine(bomy) -> Habilitation:
    return agent(bomy, "Martine Caron", "administrateur")


@pytest.fixture
def administration(martine) -> Client:
    return connecter(Client(), martine.utilisateur)


def test_qui_n_a_qu_un_organisme_y_arrive_droit(administration):
    assert administration.get("/organisme/").url == AGENTS


def test_qui_n_a_pas_d_organisme_apprend_comment_en_avoir_un(client):
    connecter(client, personne())

    assert "aucun organisme" in client.get("/organisme/").content.decode()


def test_la_page_dit_les_roles_et_ce_qui_manque(administration):
    page = administration.get(AGENTS).content.decode()

    assert "Martine Caron" in page and "Administrateur" in page


def test_donner_un_role_invite_la_personne(administration, bomy):
    saisie = {
        "courriel": "y@bomy.example",
        "nom": "Yvette Cordier",
        "roles": ["lecteur", "ouvreur"],
    }

    reponse = administration.post(f"{AGENTS}agents/habiliter/", saisie)

    assert reponse.url == AGENTS
    assert Courriel.objects.filter(destinataire="y@bomy.example").exists()


def test_donner_un_role_sans_en_cocher_garde_la_saisie(administration):
    saisie = {"courriel": "y@bomy.example", "nom": "Yvette Cordier"}

    reponse = administration.post(f"{AGENTS}agents/habiliter/", saisie)

    assert reponse.status_code == 422
    assert "Choisissez au moins un rôle" in reponse.content.decode()
    assert 'value="Yvette Cordier"' in reponse.content.decode()


def test_changer_les_roles_vaut_tout_de_suite(administration, bomy):
    yvette = agent(bomy, "Yvette Cordier", "lecteur")

    administration.post(f"{AGENTS}agents/{yvette.reference}/", {"roles": ["redacteur"]})

    assert queries.habilitation_dans(yvette.utilisateur, bomy, horloge.maintenant()).roles == [
        "redacteur"
    ]


def test_le_dernier_administrateur_lit_pourquoi_il_reste(administration, martine):
    page = administration.post(
        f"{AGENTS}agents/{martine.reference}/", {"roles": ["lecteur"]}
    ).content.decode()

    assert "dernier administrateur" in page


def test_retirer_se_confirme_sur_un_second_ecran(administration, bomy):
    yvette = agent(bomy, "Yvette Cordier", "lecteur")
    adresse = f"{AGENTS}agents/{yvette.reference}/retirer/"

    assert "Retirer Yvette Cordier" in administration.get(adresse).content.decode()
    administration.post(adresse)

    assert not queries.est_agent(yvette.utilisateur, horloge.maintenant())


def test_la_revue_montre_les_roles_finis(administration, bomy):
    yvette = agent(bomy, "Yvette Cordier", "lecteur")
    services.retirer_habilitation(habilitation=yvette, par=PLATEFORME, maintenant=LUNDI)

    assert "Yvette Cordier" in administration.get(f"{AGENTS}revue/").content.decode()


def test_un_agent_sans_second_facteur_ne_va_qu_a_son_compte(client, bomy):
    yvette = personne("Yvette Cordier")
    services.habiliter(
        organisme=bomy, utilisateur=yvette, roles=["lecteur"], par=PLATEFORME, maintenant=LUNDI
    )
    connecter(client, yvette)

    assert client.get(AGENTS).url == "/compte/securite/"
    assert "Il vous faut un second facteur" in client.get("/compte/securite/").content.decode()


def test_un_agent_sans_second_facteur_n_en_est_dispense_ni_par_l_api_ni_par_un_jeton(client, bomy):
    yvette = personne("Yvette Cordier")
    services.habiliter(
        organisme=bomy, utilisateur=yvette, roles=["lecteur"], par=PLATEFORME, maintenant=LUNDI
    )
    connecter(client, yvette)

    assert client.get("/api/v1/").status_code == 403
    assert client.get("/api/v1/", headers={"Authorization": ""}).status_code == 403
    assert client.post("/compte/securite/jetons/", {"libelle": "Outil"}).status_code == 403
    assert not yvette.jetons.exists()


def test_une_entreprise_n_est_jamais_retenue(client):
    connecter(client, personne())

    assert client.get("/entreprise/").status_code == 200
    assert "Il vous faut un second facteur" not in client.get("/compte/securite/").content.decode()


def test_l_exploitant_ouvre_un_organisme_et_invite_son_administrateur(client):
    gestion = services.creer_organisme(
        nom="Centre", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )
    connecter(client, agent(gestion, "Bernard Lefebvre", "administrateur").utilisateur)
    saisie = {
        "organisme_nom": "Commune de Bomy",
        "siret": BOMY,
        "courriel": "m@bomy.example",
        "nom": "Martine Caron",
    }

    reponse = client.post("/exploitant/organismes/ouvrir/", saisie)

    assert reponse.url == "/exploitant/organismes/"
    assert Courriel.objects.filter(destinataire="m@bomy.example").exists()
    assert client.post("/exploitant/organismes/ouvrir/", saisie).status_code == 422
