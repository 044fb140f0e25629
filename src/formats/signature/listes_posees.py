"""Les listes de confiance que l'exploitant a posées, déjà vérifiées : le fichier qui les garde."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from formats.signature.services_de_confiance import Liste, Service

FICHIER = "listes.json"


def en_fichier(listes: Mapping[str, Liste]) -> bytes:
    return json.dumps(
        [en_texte(asdict(une)) for _, une in sorted(listes.items())], ensure_ascii=False
    ).encode()


def du_fichier(octets: bytes) -> tuple[Liste, ...]:
    """Un fichier abîmé ne donne aucune autorité : rien n'en devient sûr."""
    try:
        return tuple(liste_lue(une) for une in json.loads(octets or b"[]"))
    except (ValueError, KeyError, TypeError):
        return ()


def liste_lue(dit: dict[str, Any]) -> Liste:
    services = tuple(
        Service(
            sorte=un["sorte"],
            pays=un["pays"],
            nom=un["nom"],
            certificats=decodes(un["certificats"]),
            periodes=tuple(
                (datetime.fromisoformat(depuis), bool(accorde))
                for depuis, accorde in un["periodes"]
            ),
            exclus=tuple(un["exclus"]),
            sans_dispositif=tuple(un["sans_dispositif"]),
        )
        for un in dit["services"]
    )
    fin = datetime.fromisoformat(dit["jusqu_au"]) if dit["jusqu_au"] else None
    return Liste(
        dit["territoire"], dit["numero"], datetime.fromisoformat(dit["emise_le"]), fin, services
    )


def decodes(dits: list[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(un) for un in dits)


def en_texte(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: en_texte(v) for cle, v in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [en_texte(v) for v in valeur]
    if isinstance(valeur, bytes):
        return base64.b64encode(valeur).decode()
    return valeur.isoformat() if isinstance(valeur, datetime) else valeur
