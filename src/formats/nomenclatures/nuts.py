"""Les départements français et leur code NUTS (niveau 3), que tout avis européen demande."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("nuts.toml")


@cache
def _table() -> dict[str, dict[str, str]]:
    lue: dict[str, dict[str, str]] = tomllib.loads(TABLE.read_text("utf-8"))
    return lue


def departements() -> dict[str, str]:
    return dict(_table()["departements"])


def par_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """De quoi choisir un département sous sa région,
    l'une et l'autre dans l'ordre de leur nom (RGAA 11.8).
    """
    regions = sorted(_table()["regions"].items(), key=lambda region: region[1].replace("Î", "I"))
    rangs = sorted(departements().items(), key=lambda ligne: ligne[1])
    return [(nom, [ligne for ligne in rangs if ligne[0].startswith(code)]) for code, nom in regions]


def est_connu(code: str) -> bool:
    return code in departements()


def du_code(code: str) -> str:
    """Le code NUTS d'un code de commune, ou d'un code postal.

    Vide pour un code inconnu, ou un code postal de Corse.
    """
    numeros = _table()["numeros"]
    return numeros.get(code[:3]) or numeros.get(code[:2], "") if len(code) == 5 else ""


def du_siege(ville: str) -> str:
    """Le code NUTS d'une ville où siège un tribunal administratif de
    métropole ; vide pour une autre.
    """
    return _table()["numeros"].get(_table()["sieges"].get(ville, ""), "")
