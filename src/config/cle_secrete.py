"""La clé du service : donnée par l'environnement, par un coffre à secrets, ou née ici."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from beffroi.socle.fondations.cles_du_service import PRESENTE, rangees
from beffroi.socle.fondations.secrets_durables import secret_durable
from config.env import env_secret, fichier_de

NOM = "BEFFROI_CLE_SECRETE"


class CleSecrete(NamedTuple):
    """La clé d'aujourd'hui, celles dont la signature vaut encore, et ce qu'il faut pour en changer
    (`beffroi cles changer-secrete`).
    """

    presente: str
    reconnues: list[str]
    reglages: dict[str, Any]


def cle_secrete(donnees: Path) -> CleSecrete:
    donnee = env_secret(
        NOM,
        "",
        (
            "Clé des sessions, des seconds facteurs et des pièces des entreprises ; vide : "
            "créée dans le dossier des données."
        ),
    )
    ici = donnees / "cles"
    presente = donnee or secret_durable(ici / PRESENTE, lambda: secrets.token_urlsafe(64))
    avant = [une for une in rangees(ici) if une.cle != presente]
    aujourd_hui = datetime.now(UTC).date()
    return CleSecrete(
        presente,
        [une.cle for une in avant if une.jusqu_au >= aujourd_hui],
        {
            # Vide : l'environnement la donne en clair, et lui seul peut en changer.
            "fichier": fichier_de(NOM) if donnee else ici / PRESENTE,
            "precedentes": [une.cle for une in avant],
        },
    )
