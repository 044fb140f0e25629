"""La marque du centre : son logo et ses deux couleurs, dans un dossier qu'il tient.

`marque.toml` dit `claire` et `sombre`, la couleur des liens et des boutons le jour et la nuit ;
`logo.svg` remplace le beffroi de l'en-tête. L'un ou l'autre peut manquer. Ce qui se lirait mal, ou
ce qui agirait dans une page, empêche de démarrer, et dit pourquoi.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from beffroi.socle.fondations.reglages import ReglageIllisible
from formats.couleurs import contraste, est_une_couleur, melange
from formats.lecture.arbre import arbre
from formats.lecture.refus import DocumentIllisible

LISIBLE = 4.5  # RGAA 4.1, 3.2 ; WCAG 2.2, 1.4.3
OCTETS_D_UN_LOGO = 100_000
# Ce qui, dans un SVG, agit, cherche ailleurs, ou mène quelque part.
ACTIFS = {"script", "foreignObject", "iframe", "a", "image", "animate", "set", "handler"}
AILLEURS = re.compile(r"url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)


@dataclass(frozen=True)
class Fonds:
    """Ce que le thème met sous la couleur, et dessus (`jetons.css`), le jour ou la nuit."""

    papier: str
    craie: str
    encre: str
    sur_bleu: str
    vers: str
    voile: float


JOUR = Fonds("#ffffff", "#f3f5f8", "#15202e", "#ffffff", "#000000", 0.91)
NUIT = Fonds("#182230", "#101822", "#e9eef4", "#0e1930", "#ffffff", 0.8)


@dataclass(frozen=True)
class Marque:
    """Vide, ce que le dossier ne dit pas."""

    claire: str = ""
    sombre: str = ""
    logo: Path | None = None


@cache
def la_marque() -> Marque:
    """Lue une fois, quand le service démarre."""
    return lire(settings.DOSSIER_DE_LA_MARQUE) if settings.DOSSIER_DE_LA_MARQUE else Marque()


def lire(dossier: Path) -> Marque:
    """Lève `ReglageIllisible` pour un dossier absent,
    une couleur qui se lit mal, un logo qui agit ou qui pèse.
    """
    if not dossier.is_dir():
        raise ReglageIllisible(f"BEFFROI_MARQUE désigne {dossier}, qui n'est pas un dossier.")
    claire, sombre = _couleurs(dossier / "marque.toml")
    for couleur, fonds in ((claire, JOUR), (sombre, NUIT)):
        _exiger_qu_elle_se_lise(couleur, fonds)
    return Marque(claire, sombre, _logo(dossier / "logo.svg"))


def surcharge(marque: Marque) -> str:
    """Les jetons que la marque change ; vide si elle n'en change aucun."""
    if not marque.claire:
        return ""
    jour, nuit = (_jetons(*paire) for paire in ((marque.claire, JOUR), (marque.sombre, NUIT)))
    # Qui demande plus de contraste garde les couleurs du thème, qui en ont le plus.
    return (
        "@media (prefers-contrast: no-preference) {\n"
        f"  :root {{ {jour} }}\n"
        f"  @media (prefers-color-scheme: dark) {{ :root {{ {nuit} }} }}\n"
        "}\n"
    )


def _couleurs(fichier: Path) -> tuple[str, str]:
    if not fichier.exists():
        return "", ""
    try:
        dites = tomllib.loads(fichier.read_text(encoding="utf-8"))
    except (OSError, ValueError) as illisible:
        raise ReglageIllisible(f"{fichier} ne se lit pas : {illisible}") from illisible
    lues = tuple(str(dites.get(nom, "")) for nom in ("claire", "sombre"))
    if not all(map(est_une_couleur, lues)):
        raise ReglageIllisible(
            f"{fichier} : écrivez les deux couleurs, claire et sombre, comme « #1f4079 »."
        )
    return lues[0].lower(), lues[1].lower()


def _exiger_qu_elle_se_lise(couleur: str, fonds: Fonds) -> None:
    for texte, fond in _paires(couleur, fonds) if couleur else ():
        if contraste(texte, fond) < LISIBLE:
            trouve = f"{contraste(texte, fond):.1f}".replace(".", ",")
            raise ReglageIllisible(
                f"La couleur {couleur} de marque.toml se lirait mal : {texte} sur {fond}, un "
                f"contraste de {trouve} ; il en faut 4,5. Prenez-la plus "
                f"{'foncée' if fonds is JOUR else 'claire'}."
            )


def _paires(couleur: str, fonds: Fonds) -> Iterator[tuple[str, str]]:
    """Chaque texte, et ce qu'il a dessous, là où la couleur est l'un ou l'autre."""
    foncee, voile = _foncee(couleur, fonds), _voile(couleur, fonds)
    yield from ((couleur, fond) for fond in (fonds.papier, fonds.craie, voile))
    yield from ((fonds.sur_bleu, fond) for fond in (couleur, foncee))
    yield fonds.encre, voile


def _jetons(couleur: str, fonds: Fonds) -> str:
    return (
        f"--bleu: {couleur}; --bleu-fonce: {_foncee(couleur, fonds)}; "
        f"--bleu-voile: {_voile(couleur, fonds)};"
    )


def _foncee(couleur: str, fonds: Fonds) -> str:
    return melange(couleur, fonds.vers, 0.35)


def _voile(couleur: str, fonds: Fonds) -> str:
    return melange(couleur, fonds.papier, fonds.voile)


def _logo(fichier: Path) -> Path | None:
    if not fichier.exists():
        return None
    octets = fichier.read_bytes()
    if len(octets) > OCTETS_D_UN_LOGO:
        raise ReglageIllisible(f"{fichier} pèse plus de 100 ko : chaque page le porterait.")
    try:
        racine = arbre(octets)
    except DocumentIllisible as refus:
        raise ReglageIllisible(f"{fichier} ne se lit pas comme un SVG.") from refus
    if actifs := sorted(set(_ce_qui_agit(racine))):
        raise ReglageIllisible(
            f"{fichier} contient {', '.join(actifs)} : un logo ne fait rien et ne va rien "
            "chercher. Enregistrez-le en tracés."
        )
    return fichier


def _ce_qui_agit(racine: Any) -> Iterator[str]:
    """Un dégradé se nomme dans le dessin (`#`) : cela, et rien d'autre, se suit."""
    for element in racine.iter():
        nom = str(element.tag).rpartition("}")[2]
        if nom in ACTIFS:
            yield f"<{nom}>"
        if nom == "style" and AILLEURS.search(element.text or ""):
            yield "url()"
        yield from (attribut for attribut, valeur in _attributs(element) if _sort(attribut, valeur))


def _attributs(element: Any) -> Iterator[tuple[str, str]]:
    return ((nom.rpartition("}")[2].lower(), valeur) for nom, valeur in element.attrib.items())


def _sort(attribut: str, valeur: str) -> bool:
    if attribut.startswith("on"):
        return True
    return not valeur.startswith("#") if attribut == "href" else bool(AILLEURS.search(valeur))
