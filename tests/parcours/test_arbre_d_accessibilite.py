"""Ce que le navigateur donne aux lecteurs d'écran :
chaque composant a un nom, un rôle, un état qui suit (RGAA 7.1).

C'est l'arbre qu'ils lisent, pas ce qu'ils en disent : aucun n'a été essayé ici.
"""

from typing import Any

import pytest

from tests.parcours.gestes.clavier import aller_a
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute

# Ce qui se presse, se remplit ou se déplie, selon Chromium.
COMPOSANTS = {
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "link",
    "menuitem",
    "progressbar",
    "radio",
    "searchbox",
    "spinbutton",
    "switch",
    "textbox",
    "Date",
    "DateTime",
}


def arbre(page: Any) -> list[dict[str, Any]]:
    canal = page.context.new_cdp_session(page)
    noeuds = canal.send("Accessibility.getFullAXTree")["nodes"]
    canal.detach()
    return [noeud for noeud in noeuds if not noeud.get("ignored")]


def dits(page: Any) -> list[tuple[str, str]]:
    """Le rôle et le nom de chaque composant."""
    lus = [
        (noeud["role"]["value"], noeud.get("name", {}).get("value", "")) for noeud in arbre(page)
    ]
    return [(role, " ".join(nom.split())) for role, nom in lus if role in COMPOSANTS]


def deplie(page: Any, nom: str) -> list[bool]:
    replis = [noeud for noeud in arbre(page) if noeud["role"]["value"] == "DisclosureTriangle"]
    noms = [noeud for noeud in replis if noeud["name"]["value"] == nom]
    return [
        p["value"]["value"]
        for noeud in noms
        for p in noeud.get("properties", [])
        if p["name"] == "expanded"
    ]


@pytest.mark.parametrize(
    ("qui", "adresse"),
    [
        ("", "/consultations/"),
        ("", "/compte/inscription/"),
        ("", "/verifier/"),
        ("", "/essai/diagnostic/"),
        ("claire", "/cdg/relectures/"),
        ("martine", "/cles/"),
    ],
)
def test_chaque_composant_a_un_nom(plateforme: Any, ouvrir: Any, qui: str, adresse: str) -> None:
    page = connecter(ouvrir(), plateforme.compte(qui)) if qui else ouvrir()
    page.goto(adresse)

    assert len(dits(page)) > 20
    assert [role for role, nom in dits(page) if not nom] == []
    sans_faute(page)


def test_un_depot_dit_ses_fichiers_ses_boutons_et_leur_etat(plateforme: Any, ouvrir: Any) -> None:
    page = connecter(ouvrir(), plateforme.compte("lucie"))
    page.goto(f"/consultations/{plateforme.consultation('publiee')['reference']}/deposer/")
    page.locator("main button", has_text="Commencer").click()
    page.wait_for_url("**/reponses/*/**")
    page.locator(".taches").get_by_role("link", name="offre").first.click()
    page.locator("html[data-depot=pret]").wait_for()

    assert [role for role, nom in dits(page) if not nom] == []
    attendus = page.locator("li[data-piece] h3").all_inner_texts()
    boutons = [nom for role, nom in dits(page) if role == "button" and nom.startswith("Choisir")]
    assert attendus and all(any(attendu in nom for nom in boutons) for attendu in attendus)
    assert page.get_by_role("status").count() > 0


def test_ce_qui_se_deplie_le_dit_et_ce_qu_il_montre_s_atteint_au_clavier(ouvrir: Any) -> None:
    page = ouvrir()
    page.goto("/consultations/")
    repli = page.locator("main details:has(input, a, select) > summary").first
    nom = repli.inner_text()
    assert deplie(page, nom) == [False]

    aller_a(page, repli)
    page.keyboard.press("Enter")

    assert deplie(page, nom) == [True]
    page.keyboard.press("Tab")
    assert repli.evaluate(
        "s => s.parentElement.contains(document.activeElement) && s !== document.activeElement"
    )


def test_un_tableau_empile_reste_un_tableau(ouvrir: Any) -> None:
    """À 640 pixels, ses lignes s'empilent à l'œil ;
    ses en-têtes restent ceux de ses cellules (5.6, 5.7).
    """
    page = ouvrir()
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto("/accessibilite/")

    roles = [noeud["role"]["value"] for noeud in arbre(page)]
    assert page.locator("main table").first.evaluate("t => getComputedStyle(t).display") == "block"
    assert (
        roles.count("rowheader") == 106
        and roles.count("columnheader") == 3 * roles.count("table") == 39
    )
