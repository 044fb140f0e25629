"""Les codes qu'un avis emploie, et leur sens en français :
notre table, `codes.toml`, avec sa source.
"""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("codes.toml")
# L'acte de l'Union qui fonde chaque sous-type ; « other » : le seul droit national.
BASES_JURIDIQUES = {
    "16": "32014L0024",
    "20": "32014L0024",
    "19": "32014L0023",
    "E3": "other",
    "29": "32014L0024",
    "30": "32014L0025",
    "32": "32014L0023",
    "33": "32014L0024",
    "E4": "other",
}
ATTRIBUTIONS = frozenset({"29", "30", "32", "33", "E4"})
TYPES_D_AVIS = {
    "16": "cn-standard",
    "20": "cn-social",
    "19": "cn-standard",
    "E3": "cn-standard",
} | dict.fromkeys(ATTRIBUTIONS, "can-standard")
TYPES_D_AVIS["33"] = "can-social"


@cache
def listes() -> dict[str, dict[str, str]]:
    """Chaque liste, ses codes et leur libellé."""
    contenu = tomllib.loads(TABLE.read_text("utf-8"))
    return {nom: dict(codes) for nom, codes in contenu["listes"].items()}


@cache
def source() -> str:
    return str(tomllib.loads(TABLE.read_text("utf-8"))["source"])


def libelle(liste: str, code: str) -> str:
    """Le sens d'un code ; le code lui-même s'il n'est pas de la table."""
    return listes().get(liste, {}).get(code, code)


def est_connu(liste: str, code: str) -> bool:
    return code in listes()[liste]
