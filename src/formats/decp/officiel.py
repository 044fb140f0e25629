"""Le schéma officiel : JSON (draft-07) ou XML (XSD), dans le dossier où l'exploitant l'a installé.

Sans lui, on le dit.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from formats.decp.arbre import nom_du_contrat
from formats.decp.champs import LISTES
from formats.decp.defaut import Defaut
from formats.schemas import schema

if TYPE_CHECKING:
    from jsonschema import Draft7Validator
    from jsonschema.exceptions import ValidationError

DOSSIER = Path("decp") / "schemas"
SCHEMA_JSON = DOSSIER / "schema_decp_v2.0.3.json"
SCHEMA_XML = DOSSIER / "schema_decp_v2.0.2.xsd"
SOURCE_JSON = "schéma officiel 2.0.3"
SOURCE_XML = "schéma officiel 2.0.2"
DEFAUTS_MAXIMAUX = 1000
REFUSE, FACETTE = "is not a valid value of", "[facet "
_PHRASES = {
    "required": "Il manque un champ obligatoire.",
    "additionalProperties": "Un champ n'est pas du format.",
    "enum": "La valeur n'est pas de la liste admise.",
    "type": "La valeur n'est pas du type attendu.",
    "minimum": "La valeur est trop petite.",
    "maximum": "La valeur est trop grande.",
    "minLength": "Le texte est trop court.",
    "maxLength": "Le texte est trop long.",
    "pattern": "Le texte n'a pas la forme attendue.",
    "minItems": "La liste est vide.",
    "uniqueItems": "La liste répète une valeur.",
    "anyOf": "Ni « marche » ni « contrat-concession » n'est dans le fichier.",
}


def schema_installe(normes: Path | None, *, xml: bool) -> Path | None:
    """Le schéma de cette syntaxe, s'il est dans le dossier des fichiers officiels."""
    chemin = normes / (SCHEMA_XML if xml else SCHEMA_JSON) if normes else None
    return chemin if chemin and chemin.is_file() else None


def verifier_le_json(arbre: Any, chemin: Path) -> Iterator[Defaut]:
    """Ce que le schéma JSON refuse, au plus `DEFAUTS_MAXIMAUX`."""
    for rang, erreur in enumerate(_validateur(chemin).iter_errors(arbre)):
        if rang >= DEFAUTS_MAXIMAUX:
            return
        yield _du_json(erreur, arbre)


def verifier_le_xml(racine: etree._Element, chemin: Path) -> Iterator[Defaut]:
    """Ce que le schéma XML refuse, au plus `DEFAUTS_MAXIMAUX`."""
    lu = schema(chemin, chemin.parent)
    if not lu.validate(racine):
        racine = _sans_blancs_de_bord(racine, lu.error_log)
    if not lu.validate(racine):
        for erreur in list(lu.error_log)[:DEFAUTS_MAXIMAUX]:
            yield Defaut(
                contrat=f"Ligne {erreur.line}",
                champ=(erreur.path or "").rsplit("/", 1)[-1],
                phrase=f"Le schéma refuse : {erreur.message}",
                remede="",
                source=SOURCE_XML,
            )


def _sans_blancs_de_bord(racine: etree._Element, erreurs: Any) -> etree._Element:
    """Le même document, où une valeur refusée pour ses seuls blancs en est débarrassée.

    XML Schema, partie 2, § 4.3.6 : hors des types tirés de `string`, les blancs du bord ne comptent
    pas. libxml2 les compte dans une date. Un texte, lui, n'est jamais refusé que par une facette
    (sa forme, sa longueur) : il n'est pas touché.
    """
    nettoyee = deepcopy(racine)
    arbre = nettoyee.getroottree()
    textes = {erreur.path for erreur in erreurs if FACETTE in erreur.message}
    refuses = {erreur.path for erreur in erreurs if REFUSE in erreur.message} - textes - {None}
    for chemin in refuses:
        for element in arbre.xpath(chemin):
            element.text = " ".join((element.text or "").split())
    return nettoyee


@cache
def _validateur(chemin: Path) -> "Draft7Validator":
    # Ici seulement : se charger lui prend plus qu'à tout ce format, et seul ce contrôle s'en sert.
    from jsonschema import Draft7Validator

    return Draft7Validator(json.loads(chemin.read_text("utf-8")))


def _du_json(erreur: "ValidationError", arbre: Any) -> Defaut:
    chemin = list(erreur.absolute_path)
    phrase = _PHRASES.get(str(erreur.validator), "Le schéma refuse cette valeur.")
    return Defaut(
        contrat=_contrat(chemin, arbre),
        champ=_champ(chemin[3:] if len(chemin) > 2 else chemin, _nomme(erreur)),
        phrase=phrase,
        remede="",
        source=SOURCE_JSON,
    )


def _nomme(erreur: "ValidationError") -> str:
    """Le champ qui manque, ou celui qui est en trop, quand le schéma ne montre que leur objet."""
    if erreur.validator == "required":
        # Une erreur par champ manquant : son message commence par celui-là.
        manquants = [nom for nom in erreur.validator_value if nom not in erreur.instance]
        return next((str(nom) for nom in manquants if erreur.message.startswith(repr(nom))), "")
    if erreur.validator == "additionalProperties":
        return next(
            (
                str(nom)[:80]
                for nom in erreur.instance
                if nom not in erreur.schema.get("properties", {})
            ),
            "",
        )
    return ""


def _contrat(chemin: list[Any], arbre: Any) -> str:
    mots = {nom: mot for nom, _structure, mot in LISTES}
    if len(chemin) < 3 or chemin[1] not in mots:
        return "Fichier"
    return nom_du_contrat(arbre["marches"][chemin[1]][chemin[2]], mots[chemin[1]], chemin[2] + 1)


def _champ(chemin: list[Any], nomme: str) -> str:
    rendu = ""
    for pas in [*chemin, *([nomme] if nomme else [])]:
        rendu += f"[{pas + 1}]" if isinstance(pas, int) else f".{pas}"
    return rendu.lstrip(".")
