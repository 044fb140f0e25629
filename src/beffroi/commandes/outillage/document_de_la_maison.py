"""La carte de la maison, dans ARCHITECTURE.md :
les contrats d'imports, et la première ligne de chaque mode d'emploi.
"""

from beffroi.commandes.outillage import quartiers

PAGE = quartiers.RACINE / "ARCHITECTURE.md"
DEBUT, FIN = "<!-- maison -->\n", "<!-- /maison -->\n"
LARGEUR = 26
A_COTE = (
    ("config", "réglages, adresses, liaisons"),
    ("integrations", "ce qui parle à d'autres serveurs"),
)


def page() -> str:
    """La page, sa carte refaite ; le reste est écrit à la main."""
    avant, _, suite = PAGE.read_text("utf-8").partition(DEBUT)
    return avant + DEBUT + carte() + FIN + suite.partition(FIN)[2]


def carte() -> str:
    return "\n".join(["", *dessin(), "", *table(), ""])


def dessin() -> list[str]:
    """Un quartier par ligne, le plus haut d'abord ; ceux d'un même étage s'ignorent."""
    lignes = [nom.ljust(LARGEUR) + dit for nom, dit in A_COTE]
    for etage in reversed(quartiers.quartiers()):
        for rang, quartier in enumerate(etage):
            lignes.append(
                f"{'│ ' * bool(rang)}{quartier}".ljust(LARGEUR) + dit_du_quartier(quartier)
            )
    return [
        "```",
        *lignes,
        "─" * 100,
        "formats │ droit │ sceau".ljust(LARGEUR) + "sous cette ligne, pas de Django",
        "```",
    ]


def table() -> list[str]:
    """Chaque contexte, du plus haut au plus bas, et ce qu'il tient."""
    lignes = ["| quartier | contexte | ce qu'il tient |", "|---|---|---|"]
    dernier = ""
    for quartier, contexte in reversed(quartiers.tous()):
        nom = "" if quartier == dernier else f"[{quartier}](src/beffroi/{quartier}/README.md)"
        lignes.append(
            f"| {nom} | [{contexte}](src/beffroi/{quartier}/{contexte}/README.md) | "
            f"{dit(quartier, contexte)} |"
        )
        dernier = quartier
    return lignes


def dit(quartier: str, contexte: str) -> str:
    """« qui répond », de « # entreprises : qui répond »."""
    mode_d_emploi = quartiers.RACINE / "src" / "beffroi" / quartier / contexte / "README.md"
    titre = mode_d_emploi.read_text("utf-8").partition("\n")[0]
    return titre.partition(" : ")[2]


def dit_du_quartier(quartier: str) -> str:
    return (
        (quartiers.RACINE / "src" / "beffroi" / quartier / "README.md")
        .read_text("utf-8")
        .splitlines()[2]
    )
