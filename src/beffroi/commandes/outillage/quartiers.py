"""L'ordre de la maison, lu dans les contrats d'imports (`.importlinter`) :
il ne s'écrit nulle part ailleurs.
"""

from configparser import ConfigParser
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[4]
CONTRATS = RACINE / ".importlinter"
Etages = tuple[tuple[str, ...], ...]


@cache
def quartiers() -> Etages:
    """Les quartiers, de bas en haut ; ceux d'un même étage s'ignorent."""
    lus = (
        tuple(nom.removeprefix("beffroi.") for nom in etage if nom.startswith("beffroi."))
        for etage in _etages("quartiers")
    )
    return tuple(etage for etage in lus if etage and etage != ("integrations",))


@cache
def contextes(quartier: str) -> Etages:
    """Les contextes d'un quartier, de bas en haut."""
    return tuple(
        tuple(nom.rpartition(".")[2] for nom in etage) for etage in _etages(f"dans_{quartier}")
    )


def tous() -> tuple[tuple[str, str], ...]:
    """Chaque contexte et son quartier, de bas en haut : l'ordre des applications de Django."""
    return tuple(
        (quartier, contexte)
        for etage in quartiers()
        for quartier in etage
        for contextes_de_l_etage in contextes(quartier)
        for contexte in contextes_de_l_etage
    )


def rangs() -> dict[str, int]:
    """Le rang de chaque contexte (« achat.tours ») :
    qui est plus haut peut désigner qui est plus bas.
    """
    suite = [
        [f"{quartier}.{contexte}" for contexte in etage]
        for etage_des_quartiers in quartiers()
        for quartier in etage_des_quartiers
        for etage in contextes(quartier)
    ]
    return {nom: rang for rang, etage in enumerate(suite) for nom in etage}


def _etages(contrat: str) -> list[list[str]]:
    lus = ConfigParser(interpolation=None, comment_prefixes=("#",))
    lus.read(CONTRATS, encoding="utf-8")
    lignes = lus[f"importlinter:contract:{contrat}"]["layers"].split("\n")
    return [
        [nom.strip() for nom in ligne.split("|")] for ligne in reversed(lignes) if ligne.strip()
    ]
