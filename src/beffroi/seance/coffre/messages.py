"""Ce que deux nœuds se disent du coffre : une ligne JSON par demande, une par réponse.

Rien ne s'y exécute : un nœud qui tomberait aux mains d'un autre ne ferait de ses voisins que ce que
les actes du coffre permettent.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from beffroi.seance.coffre.errors import (
    AutreNavigateur,
    CleRefusee,
    CoffreInjoignable,
    CoffreVide,
    PourUnAutreCoffre,
)

ACTES = ("destinataire", "ranger", "contient", "repond_a", "desceller", "vider")
# Un en-tête d'age tient en quelques kilooctets ; une graine scellée aussi.
TAILLE_D_UNE_LIGNE = 1 << 20
REFUS = {refus.__name__: refus for refus in (AutreNavigateur, CleRefusee, CoffreVide)}
REFUS_SANS_PHRASE = {PourUnAutreCoffre.__name__: PourUnAutreCoffre}


class Stance(NamedTuple):
    """Une façon d'ouvrir un fichier scellé, telle que `sceau` la lit dans son en-tête."""

    type: str
    arguments: tuple[str, ...]
    body: bytes


def demande(acte: str, arguments: Sequence[Any]) -> bytes:
    return _ligne({"acte": acte, "arguments": [_dire(argument) for argument in arguments]})


def lire_une_demande(ligne: bytes) -> tuple[str, list[Any]]:
    """L'acte et ses arguments ; `ValueError` si la ligne n'en est pas une."""
    dite = json.loads(ligne)
    if not isinstance(dite, dict) or dite.get("acte") not in ACTES:
        raise ValueError("Cette ligne ne demande aucun acte du coffre.")
    return dite["acte"], [_entendre(argument) for argument in dite["arguments"]]


def reponse(coffre: Any, ligne: bytes) -> bytes:
    """Fait l'acte demandé, et dit ce qu'il rend, ou son refus."""
    acte, arguments = lire_une_demande(ligne)
    try:
        return _ligne({"rend": _dire(getattr(coffre, acte)(*arguments))})
    except (*REFUS.values(), *REFUS_SANS_PHRASE.values()) as refus:
        return _ligne({"refus": type(refus).__name__, "phrase": str(refus)})


def lire_une_reponse(ligne: bytes) -> Any:
    """Ce que l'acte a rendu ; le refus du coffre, s'il a refusé ;
    `CoffreInjoignable` si la ligne ne se lit pas.
    """
    try:
        dite = json.loads(ligne)
        if "refus" not in dite:
            return _entendre(dite["rend"])
        nom, phrase = dite["refus"], str(dite["phrase"])
    except (ValueError, KeyError, TypeError) as cause:
        raise CoffreInjoignable from cause
    if nom in REFUS:
        raise REFUS[nom](phrase)
    raise REFUS_SANS_PHRASE.get(nom, CoffreInjoignable)


def _ligne(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode() + b"\n"


def _dire(valeur: Any) -> Any:
    """Les octets en base64, les stances par leurs trois champs ; le reste tel quel."""
    if isinstance(valeur, bytes):
        return {"octets": base64.b64encode(valeur).decode()}
    if isinstance(valeur, list | tuple) and not isinstance(valeur, Stance):
        return [_dire(une) for une in valeur]
    if hasattr(valeur, "body"):
        return {
            "stance": valeur.type,
            "arguments": list(valeur.arguments),
            "de": _dire(valeur.body),
        }
    return valeur


def _entendre(valeur: Any) -> Any:
    if isinstance(valeur, list):
        return [_entendre(une) for une in valeur]
    if isinstance(valeur, dict) and "octets" in valeur:
        return base64.b64decode(valeur["octets"], validate=True)
    if isinstance(valeur, dict):
        return Stance(valeur["stance"], tuple(valeur["arguments"]), _entendre(valeur["de"]))
    return valeur
