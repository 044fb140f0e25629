"""Un menu ne montre que ce que le rôle ouvre, et rien de ce qu'il ouvre n'y manque."""

from http import HTTPStatus

import pytest
from django.test import Client
from lxml import html

from beffroi.faces.portail.navigation import entrees, est_servie
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    avec_second_facteur,
    connecter,
    personne,
)
from beffroi.personnes.organismes.rules import ROLES_DE_L_ACHETEUR, ROLES_DE_L_EXPLOITANT
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations.menus import Menu
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
ROLES = [("exploitant", role) for role in sorted(ROLES_DE_L_EXPLOITANT)] + [
    ("acheteur", role) for role in sorted(ROLES_DE_L_ACHETEUR)
]


def agent(sorte: str, role: str) -> Client:
    """Une personne, dans un organisme de cette sorte, qui n'a que ce rôle."""
    organisme = creer_organisme(
        nom="La maison", siret="21620153300017", role=sorte, par=PLATEFORME, maintenant=LUNDI
    )
    qui = avec_second_facteur(personne("Aline Becquet"))
    habiliter(organisme=organisme, utilisateur=qui, roles={role}, par=PLATEFORME, maintenant=LUNDI)
    return connecter(Client(), qui)


def montrees(client: Client) -> set[str]:
    page = html.fromstring(client.get("/a-faire/").content)
    return {lien.get("href") for lien in page.xpath("//header//a[@href]")}


@pytest.mark.parametrize(("sorte", "role"), ROLES)
def test_le_menu_montre_ce_que_le_role_ouvre_et_cela_seul(sorte, role):
    client, menu = agent(sorte, role), Menu(sorte)
    toutes = {entree.url for entree in entrees(menu) if est_servie(entree.url)}
    ouvertes = {url for url in toutes if client.get(url, follow=True).status_code == HTTPStatus.OK}

    assert montrees(client) & toutes == ouvertes
