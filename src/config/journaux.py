"""Les journaux techniques : leur forme, leur niveau, et ce que celui des accès tait."""

import logging
import re
from typing import Any

from config.env import env_bool, env_choix, env_texte

FORME = env_choix(
    "BEFFROI_JOURNAUX",
    "texte",
    ("texte", "json"),
    "Forme des journaux, sur la sortie d'erreur : texte, ou json, un objet par ligne.",
)
JOURNAUX: dict[str, Any] = {
    "acces": env_bool(
        "BEFFROI_JOURNAL_DES_ACCES",
        "non",
        (
            "Écrit une ligne par demande : la route, le statut, la durée, les octets. "
            "Ni qui demande, ni quelle page, ni quelle référence."
        ),
    ),
    # Ce par quoi passe une réponse. Ces pages y sont toutes « reponse » : compter celle du dépôt
    # dirait combien il en arrive, avant l'heure limite.
    "reponse": re.compile(
        r"(?:mes-reponses|reponses|depots|invitations|consultations/<str:reference>/deposer"
        r"|api/v1/(?:reponses|depots|fichiers|invitations|consultations/<reference>/reponses))"
        r"(?:/|$)"
    ),
}
# En JSON, un avertissement de Python serait la seule ligne qui n'en est pas.
logging.captureWarnings(FORME == "json")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "texte": {
            "()": "beffroi.socle.fondations.journal_technique.EnTexte",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "beffroi.socle.fondations.journal_technique.EnJson"},
        "nue": {"format": "%(message)s"},
    },
    "filters": {"sans_adresse": {"()": "beffroi.socle.fondations.journal_technique.SansAdresse"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": FORME,
            "filters": ["sans_adresse"],
        },
        "fil": {"class": "logging.StreamHandler", "formatter": "nue"},
    },
    "loggers": {
        "beffroi.securite": {"handlers": ["fil"], "level": "INFO", "propagate": False},
        "beffroi.acces": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "_granian": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "root": {
        "handlers": ["console"],
        "level": env_texte(
            "BEFFROI_JOURNAL_TECHNIQUE",
            "WARNING",
            "Niveau du journal technique : ERROR, WARNING ou INFO.",
        ),
    },
}
