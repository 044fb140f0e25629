"""Sans souris : se connecter, puis aller de la consultation au récépissé.

Le foyer se voit à chaque pas.
"""

import re
from typing import Any

from tests.parcours.gestes.clavier import aller_a, choisir
from tests.parcours.gestes.connexion import code_neuf


def valider(page: Any, vers: str) -> None:
    page.keyboard.press("Enter")
    page.wait_for_url(vers, timeout=30_000)


def se_connecter(page: Any, compte: dict[str, Any]) -> None:
    page.goto("/compte/connexion/")
    aller_a(page, page.locator("input[name=login]"))
    page.keyboard.type(compte["identifiant"])
    aller_a(page, page.locator("input[name=password]"))
    page.keyboard.type(compte["mot_de_passe"])
    if not compte["secret_totp"]:
        return valider(page, "**/mes-reponses/")
    valider(page, "**/connexion/code/")
    code = page.locator("input[name=code]")
    if not code.evaluate("e => e === document.activeElement"):
        aller_a(page, code)
    page.keyboard.type(code_neuf(page, compte))
    return valider(page, "**/a-faire/")


def test_un_agent_se_connecte_au_clavier(ouvrir: Any, plateforme: Any) -> None:
    page = ouvrir()

    se_connecter(page, plateforme.compte("odile"))

    assert page.locator("h1").inner_text() == "À faire"


def test_le_lien_d_evitement_mene_au_contenu(ouvrir: Any) -> None:
    page = ouvrir()
    page.goto("/consultations/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.closest('main') !== null || location.hash !== ''")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_une_entreprise_depose_au_clavier(ouvrir: Any, plateforme: Any, tmp_path: Any) -> None:
    page = ouvrir()
    se_connecter(page, plateforme.compte("lucie"))
    page.goto(f"/consultations/{plateforme.consultation('publiee')['reference']}/")

    aller_a(page, page.get_by_role("link", name="Déposer une réponse"))
    valider(page, "**/deposer/")
    aller_a(page, page.locator("main button", has_text="Commencer"))
    valider(page, "**/reponses/*/**")
    aller_a(
        page, page.locator(".taches").get_by_role("link", name=re.compile("offre", re.IGNORECASE))
    )
    valider(page, "**/pieces/offre/")
    page.locator("html[data-depot=pret]").wait_for()
    choisir_au_clavier(
        page, page.locator("li[data-piece]").first.get_by_role("button", name="Choisir"), "acte.pdf"
    )
    choisir_au_clavier(page, page.locator("[data-choix]"), "brouillon.pdf")
    retirer_au_clavier(page, page.locator("li[data-cle]", has_text="brouillon.pdf"))
    aller_a(page, page.get_by_role("link", name="Vérifier et déposer"))
    valider(page, "**/verifier/**")
    page.locator("html[data-depot=pret]").wait_for()
    aller_a(page, page.locator("[data-deposer]"))
    valider(page, "**/depots/D-*/")

    assert page.locator("h1").inner_text().startswith("Votre réponse est déposée")


def choisir_au_clavier(page: Any, bouton: Any, nom: str) -> None:
    choisir(
        page,
        bouton,
        {"name": nom, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + nom.encode()},
    )
    rangee = page.locator("[data-pieces] > li", has_text=nom)
    rangee.get_by_text("Reçu et vérifié").wait_for(timeout=60_000)


def retirer_au_clavier(page: Any, rangee: Any) -> None:
    """Retirer se confirme : la question vient là où l'on est, et la réponse aussi."""
    aller_a(page, rangee.get_by_role("button", name="Retirer"), touche="Shift+Tab")
    page.keyboard.press("Enter")
    oui = rangee.get_by_role("button", name="Oui, retirer")
    oui.wait_for()
    # Le foyer reste dans la question, sur la réponse qui ne détruit rien.
    assert rangee.get_by_role("button", name="Non, garder").evaluate(
        "e => e === document.activeElement"
    )
    page.keyboard.press("Shift+Tab")
    assert oui.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    rangee.wait_for(state="detached")
