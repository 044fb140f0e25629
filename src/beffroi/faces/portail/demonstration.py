"""La page des comptes d'essai. Elle n'existe que dans une démonstration, où tout est inventé."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from beffroi.personnes.organismes.models import Habilitation

PERIODE_S = 30


class CompteDEssai(NamedTuple):
    nom: str
    role: str
    chez: str
    identifiant: str
    mot_de_passe: str
    code: str
    phrase_de_cle: str
    code_de_secours: str


def comptes(*, le: datetime) -> list[CompteDEssai]:
    """Les comptes de `demo.json`, avec le code à six chiffres de cet instant."""
    fichier = Path(settings.DONNEES) / "demo.json"
    if not fichier.exists():
        return []
    return list(lire(json.loads(fichier.read_text("utf-8")), le=le))


def lire(recit: dict[str, Any], *, le: datetime) -> Iterator[CompteDEssai]:
    for compte in recit["comptes"]:
        yield CompteDEssai(
            nom=compte["nom"],
            role=libelle_du_role(compte["role"]),
            chez=compte.get("organisme") or compte.get("entreprise", ""),
            identifiant=compte["identifiant"],
            mot_de_passe=compte["mot_de_passe"],
            code=code_de(compte["secret_totp"], le=le),
            phrase_de_cle=compte.get("phrase_de_cle", ""),
            code_de_secours=compte.get("code_de_secours", ""),
        )


def libelle_du_role(role: str) -> str:
    """Le rôle de `demo.json`, tel qu'il se lit."""
    return str(dict(Habilitation.Role.choices).get(role, role)).lower()


def code_de(secret: str, *, le: datetime) -> str:
    if not secret:
        return ""
    return str(format_hotp_value(hotp_value(secret, int(le.timestamp()) // PERIODE_S)))
