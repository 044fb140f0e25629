"""De l'adresse d'une base à sa configuration Django :
SQLite pour débuter, PostgreSQL pour durer.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from beffroi.socle.fondations.reglages import ReglageIllisible

ATTENTE_DU_VERROU_S = 30
GARDE_D_UNE_CONNEXION_S = 60
# Par fil, et il y en a soixante-quatre : les trois cents requêtes d'un envoi et de ses pages.
REQUETES_PRETES = 256
PAGES_EN_MEMOIRE_KIO = 1024


def depuis_adresse(adresse: str, *, dossier: Path) -> dict[str, Any]:
    """`sqlite:///chemin` ou `postgresql://…` ; vide :
    un fichier SQLite dans le dossier des données.
    """
    if not adresse:
        return sqlite(dossier / "beffroi.sqlite3")
    parties = urlsplit(adresse)
    if parties.scheme == "sqlite":
        return sqlite(Path(unquote(parties.path)))
    if parties.scheme in {"postgres", "postgresql"}:
        return postgresql(adresse)
    raise ReglageIllisible("BEFFROI_BASE_DE_DONNEES commence par sqlite:// ou par postgresql://.")


def sqlite(fichier: Path) -> dict[str, Any]:
    """Écriture durable (`synchronous=FULL`) et immédiate :
    deux écrivains attendent leur tour (`config.sqlite`), ils ne s'excluent pas.
    """
    return {
        "ENGINE": "config.sqlite",
        "NAME": str(fichier),
        # Rouvrir à chaque demande, c'est relire tout le schéma,
        # et vider le journal d'écriture quand on est seul.
        "CONN_MAX_AGE": GARDE_D_UNE_CONNEXION_S,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": ATTENTE_DU_VERROU_S,
            # Une page en joue dix, larges : les relire à chaque fois coûterait plus que les jouer.
            "cached_statements": REQUETES_PRETES,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                f"PRAGMA cache_size=-{PAGES_EN_MEMOIRE_KIO};"
            ),
        },
    }


def postgresql(adresse: str) -> dict[str, Any]:
    # À l'usage : le groupe de connexions ne se charge pas pour une base SQLite.
    from config.postgresql.base import groupe

    parties = urlsplit(adresse)
    options: dict[str, Any] = dict(parse_qsl(parties.query))
    options["pool"] = groupe()
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parties.path.lstrip("/")),
        "USER": unquote(parties.username or ""),
        "PASSWORD": unquote(parties.password or ""),
        "HOST": options.pop("host", None) or parties.hostname or "",
        "PORT": str(options.pop("port", None) or parties.port or ""),
        "OPTIONS": options,
    }
