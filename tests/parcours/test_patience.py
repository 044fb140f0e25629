"""La page qui attend son tour : elle le dit, continue seule, et se lit sans script."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import RequestFactory

from beffroi.personnes.comptes import patience
from tests.parcours.regards import regarder

ADRESSE = "/compte/connexion/"
FEUILLE, SCRIPT = "beffroi/theme/theme.css", "comptes/patience.js"


@pytest.mark.parametrize("secondes", [2, 3_600])
def test_la_page_attend_puis_se_represente(secondes: int, ouvrir: Any) -> None:
    page, presentes = ouvrir(largeur=360), []
    servir(page, secondes, presentes)

    page.goto(f"{ADRESSE}?en-attente")
    if secondes > 60:
        assert regarder(page) == []
        page.get_by_text("La page continue seule.").wait_for()
        page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(f"**{ADRESSE}?arrivee")

    assert parse_qs(presentes[0])["billet"]
    assert page.erreurs == []


def servir(page: Any, secondes: int, presentes: list[str]) -> None:
    """La vraie page, où le service l'aurait rendue ; ce qu'elle représente s'y recueille."""
    page.goto(ADRESSE)
    feuille = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    html = rendue(secondes).replace(static(FEUILLE), feuille)

    def repondre(route: Any) -> None:
        if route.request.method == "POST":
            presentes.append(route.request.post_data)
            route.fulfill(status=303, headers={"Location": f"{ADRESSE}?arrivee"})
        elif "en-attente" in route.request.url:
            route.fulfill(status=429, body=html, content_type="text/html")
        else:
            route.continue_()

    page.route(f"**{ADRESSE}*", repondre)
    page.route(f"**/{SCRIPT}", lambda route: route.fulfill(path=finders.find(SCRIPT)))


def rendue(secondes: int) -> str:
    requete = RequestFactory().post(f"{ADRESSE}?en-attente", {"login": "sophie@atelier.example"})
    requete.user = AnonymousUser()
    return patience.garder(requete, secondes).content.decode()
