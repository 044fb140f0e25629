"""Le plan du site montre tout ce que les menus montrent, à chacun le sien (RGAA 12.1 et 12.3)."""

import re

import pytest
from django.test import Client

from beffroi.faces.portail import navigation
from beffroi.faces.portail.tests.test_pages import LE_8_JANVIER, creer_martine, organisme
from beffroi.personnes.comptes.tests.personnes import avec_second_facteur, connecter
from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations.menus import Menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def martine():
    return creer_martine()


def plan(client: Client) -> set[str]:
    page = (
        client.get("/plan-du-site/").content.decode().partition("<main")[2].partition("</main")[0]
    )
    return set(re.findall(r'href="([^"]+)"', page))


def rubriques(client: Client) -> set[str]:
    menu = (
        client.get("/plan-du-site/")
        .content.decode()
        .partition('class="nav large"')[2]
        .partition("</nav>")[0]
    )
    return set(re.findall(r'href="([^"]+)"', menu))


def test_le_plan_a_tout_ce_que_le_menu_et_le_pied_montrent_a_chacun():
    pied = {lien.url for rubrique in navigation.pied(code_source="") for lien in rubrique.liens}
    menu = {lien.url for lien in navigation.menu(Menu.VISITEUR, chemin="/")}

    assert (menu | pied) - plan(Client()) == {"/plan-du-site/"}


def test_le_plan_d_une_entreprise_a_toutes_les_rubriques_de_son_menu(martine):
    client = connecter(Client(), martine)
    assert "/mes-reponses/" in rubriques(client) and rubriques(client) - plan(client) == set()


def test_le_plan_d_un_agent_a_toutes_les_rubriques_de_son_menu(martine):
    avec_second_facteur(martine)
    Habilitation.objects.create(
        organisme=organisme("acheteur"), utilisateur=martine, depuis_le=LE_8_JANVIER
    )
    client = connecter(Client(), martine)
    assert "/commissions/" in rubriques(client) and rubriques(client) - plan(client) == set()
