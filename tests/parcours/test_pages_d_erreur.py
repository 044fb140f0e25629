"""Chaque page d'erreur, dans un vrai navigateur :
axe, rien qui déborde, un chemin de retour qui marche au clavier.
"""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.templatetags.static import static
from django.test import RequestFactory

from beffroi.faces.portail import erreurs
from droit.citation import Article
from droit.decision import Motif
from tests.parcours.regards import regarder
from tests.parcours.test_clavier import aller_a, valider

FEUILLE = "beffroi/theme/theme.css"
MOTIF = Motif(
    "L'heure limite n'est pas passée. Aucune réponse ne s'ouvre avant.", Article("CCP", "R. 2132-9")
)


@pytest.mark.parametrize("statut", sorted(erreurs.CONNUES))
def test_une_page_d_erreur(statut: int, ouvrir: Any) -> None:
    page = ouvrir()
    page.goto("/consultations/")
    depart, feuille = page.url, page.locator("link[rel=stylesheet]").first.get_attribute("href")
    html = rendue(statut, depart).replace(static(FEUILLE), feuille)
    page.route(
        "**/en-erreur/",
        lambda route: route.fulfill(status=statut, body=html, content_type="text/html"),
    )

    page.goto("/en-erreur/")

    assert regarder(page) == []
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", page.locator("code").inner_text())
    page.set_viewport_size({"width": 360, "height": 900})
    aller_a(page, page.get_by_role("link", name="Revenir à la page précédente"))
    valider(page, depart)
    assert page.locator("h1").count() == 1


def rendue(statut: int, depart: str) -> str:
    """La page que le service rend pour ce statut ;
    un refus du métier y a son message et son motif.
    """
    adresse = depart.split("/")
    requete = RequestFactory().get("/en-erreur/", headers={"Host": adresse[2], "Referer": depart})
    requete.user = AnonymousUser()
    du_metier = (
        {"message": MOTIF.texte, "motifs": (MOTIF,)}
        if statut == HTTPStatus.UNPROCESSABLE_ENTITY
        else {}
    )
    return erreurs.page_erreur(
        requete, statut, attente_s=30 if statut == 429 else None, **du_metier
    ).content.decode()
