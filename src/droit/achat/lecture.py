"""Un achat en JSON : strict à la lecture, stable à l'écriture.

Les montants s'y écrivent en texte, pour rester exacts.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from droit.achat.achat import Achat


class AchatIllisible(ValueError):
    """Le fichier ne décrit pas un achat ; une phrase par champ en défaut."""

    def __init__(self, phrases: list[str]) -> None:
        self.phrases = phrases
        super().__init__(" ".join(phrases))


@cache
def _adaptateur() -> TypeAdapter[Achat]:
    return TypeAdapter(Achat)


def lire(json: str | bytes) -> Achat:
    """Lit un achat. Lève `AchatIllisible` : JSON incorrect, champ inconnu, absent ou mal formé."""
    try:
        return _adaptateur().validate_json(json, extra="forbid")
    except ValidationError as erreur:
        raise AchatIllisible(
            [_phrase(dict(defaut)) for defaut in erreur.errors(include_url=False)]
        ) from None


def ecrire(achat: Achat) -> str:
    """L'achat en JSON, indenté, dans l'ordre des champs ; `lire` le rend à l'identique."""
    return _adaptateur().dump_json(achat, indent=2).decode()


def schema() -> dict[str, Any]:
    """Le schéma JSON d'un achat (JSON Schema, 2020-12), pour les autres logiciels."""
    return _adaptateur().json_schema()


def _phrase(defaut: dict[str, Any]) -> str:
    champ = ".".join(str(pas) for pas in defaut["loc"]) or "fichier"
    return f"« {champ} » : {_causes(defaut)}"


def _causes(defaut: dict[str, Any]) -> str:
    sorte = defaut["type"]
    if sorte == "missing":
        return "ce champ manque."
    if sorte in {"extra_forbidden", "unexpected_keyword_argument"}:
        return "ce champ n'est pas connu. Vérifiez son orthographe."
    if sorte == "json_invalid":
        return "le fichier n'est pas du JSON lisible."
    if sorte == "literal_error":
        return (
            f"la valeur « {defaut['input']} » n'est pas dans la liste : "
            f"{defaut['ctx']['expected'].replace(' or ', ' ou ')}."
        )
    if "date" in sorte or "time" in sorte:
        return (
            f"« {defaut['input']} » n'est pas une date. "
            "Écrivez par exemple 2026-11-24 ou 2026-11-24T12:00:00+01:00."
        )
    return f"« {str(defaut.get('input'))[:60]} » ne convient pas à ce champ."
