"""Chercher depuis l'accueil, à la souris :
le dessin des toits ne couvre ni le bouton ni les liens.
"""

from typing import Any

import pytest


@pytest.mark.parametrize("largeur", [1280, 360])
def test_le_bouton_chercher_se_clique(ouvrir: Any, largeur: int) -> None:
    page = ouvrir(largeur=largeur)
    page.goto("/")
    page.get_by_label("Que cherchez-vous").fill("toiture")
    page.get_by_role("button", name="Chercher").click(timeout=5_000)

    page.wait_for_url("**/consultations/?q=toiture*")
    page.go_back()
    page.get_by_role("link", name="Travaux").click(timeout=5_000)
