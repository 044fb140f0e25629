"""Aller, écrire et valider sans souris. Le foyer se voit à chaque arrêt."""

from typing import Any

PAS_AU_PLUS = 60
LONG_MS = 60_000
# Le foyer se voit s'il a un contour, et si rien ne le couvre : ni le bord de la fenêtre, ni la
# barre du temps. Dans une date ou une heure, le bouton du calendrier est au navigateur : il
# l'encadre lui-même, et le champ ne le sait pas.
FOYER = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const cadre = e.getBoundingClientRect();
  const x = cadre.left + cadre.width / 2, y = cadre.top + cadre.height / 2;
  const dessus = document.elementFromPoint(x, y);
  return {
    page: e === document.body,
    marque: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || e.matches("[type=date], [type=time]"),
    couvert: !dessus || !(e.contains(dessus) || dessus.contains(e)),
    quoi: `${e.tagName} ${(e.innerText || e.name || "").trim().slice(0, 40)}`,
  };
}"""
ATTEINTE = "e => e === document.activeElement"


def aller_a(page: Any, cible: Any, touche: str = "Tab") -> None:
    """Tabule jusqu'à la cible ; chaque arrêt montre où l'on est."""
    for _ in range(PAS_AU_PLUS):
        page.keyboard.press(touche)
        foyer = page.evaluate(FOYER)
        # Passé la dernière commande, le foyer fait le tour par la page elle-même.
        assert foyer["marque"] or foyer["page"], f"le foyer ne se voit pas sur {foyer['quoi']}"
        if cible.evaluate(ATTEINTE):
            assert not foyer["couvert"], f"le foyer est couvert sur {foyer['quoi']}"
            return
    raise AssertionError(f"le clavier n'atteint pas {cible} en {PAS_AU_PLUS} pas ({page.url})")


def atteindre(page: Any, cible: Any) -> None:
    if not cible.evaluate(ATTEINTE):
        aller_a(page, cible)


def ecrire(page: Any, cible: Any, texte: str) -> None:
    atteindre(page, cible)
    page.keyboard.press("Control+A")
    page.keyboard.type(texte)


def presser(page: Any, cible: Any, *, touche: str = "Enter") -> None:
    """Actionne un bouton ou un lien ; une case se coche avec la barre d'espace."""
    atteindre(page, cible)
    page.keyboard.press(touche)
    page.wait_for_load_state("domcontentloaded")


def choisir(page: Any, champ: Any, fichier: dict[str, Any]) -> None:
    """Ouvre le choix de fichiers avec la barre d'espace, et y prend celui-là.

    L'écoute commence avant d'aller au champ : demandée au moment de presser,
    elle arrive parfois après la touche, le choix s'ouvre alors hors de notre vue, et reste ouvert.
    """
    with page.expect_file_chooser(timeout=LONG_MS) as choix:
        aller_a(page, champ)
        page.keyboard.press("Space")
    choix.value.set_files(fichier)
