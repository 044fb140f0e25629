"""Le journal technique : ce que la machine dit à qui l'exploite, une ligne à la fois.

Deux formes, le texte et le JSON, du même contenu : ce qui est dit, et de quelle demande ou tâche
cela vient. Ni l'une ni l'autre ne cite ce qu'une personne a demandé ou tapé.
"""

import copy
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import DisallowedHost
from pythonjsonlogger.json import JsonFormatter

from beffroi.socle.fondations.en_cours import SANS_ROUTE, Demande, Travail, en_cours

ACCES = "beffroi.acces"
# Ce qu'un appel peut joindre à sa ligne (`extra`). Le reste ne s'écrit pas : Django y joint la
# demande entière, avec ses entêtes.
JOINTS = ("methode", "octets", "cause", "taille", "panne", "essai", "adresse", "temoin")
HOTE_REFUSE = "django.security.DisallowedHost"
# Ce que Granian commente à chaque démarrage, et qui est voulu : soixante-quatre fils attendent la
# base et le stockage, ils ne calculent pas.
BRUIT = ("Configuration allows spawning up to", "Websockets are not supported on WSGI")
SECRETS = (
    # L'adresse d'une page ou d'un objet : le nom du serveur suffit à savoir lequel ne répond pas.
    (re.compile(r"(?<=://)[^\s/'\"<>@]+@"), ""),
    (re.compile(r"(https?://[^\s/'\"<>?#]+)[/?#][^\s'\"<>]*"), r"\1/…"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"\b(Bearer|Basic) +[\w.~+/=-]+"), r"\1 …"),
    # PostgreSQL y cite la ligne refusée.
    (re.compile(r"(DETAIL: ).*?(?=\n[A-Z]+: |\n\n|\Z)", re.DOTALL), r"\1…"),
)


def epure(texte: str) -> str:
    """Le texte, sans adresse ni jeton : une exception cite ce qu'elle a reçu."""
    for motif, remplacement in SECRETS:
        texte = motif.sub(remplacement, texte)
    return texte


class SansAdresse(logging.Filter):
    """Ce que Django et Granian écrivent : la page par son nom, et sans ce que chacun a déjà lu."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord | bool:
        if record.name.startswith("_granian") and record.getMessage().startswith(BRUIT):
            return False
        request = getattr(record, "request", None)
        if request is None:
            return True
        if record.name == "django.request" and not _est_servi(request):
            return False  # `django.security` vient de le dire
        return _sans_chemin(record, request)


def _est_servi(request: Any) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _sans_chemin(record: logging.LogRecord, request: Any) -> logging.LogRecord:
    ligne = copy.copy(record)
    if ligne.name == HOTE_REFUSE:
        ligne.exc_info = ligne.exc_text = None
    chemins = {request.path, request.path.encode("unicode_escape").decode("ascii")}
    ici = en_cours()
    nomme = ici.route if isinstance(ici, Demande) else SANS_ROUTE
    if isinstance(ligne.args, tuple):
        ligne.args = tuple(nomme if valeur in chemins else valeur for valeur in ligne.args)
    return ligne


def champs(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """D'où vient la ligne, et ce que l'appel y a joint."""
    ici = en_cours()
    if isinstance(ici, Demande):
        yield "demande", ici.identifiant
        yield "route", ici.route
        yield "statut", getattr(record, "status_code", None) or ici.statut
        yield "duree_ms", ici.duree_ms()
    elif isinstance(ici, Travail):
        yield "tache", ici.nom
        yield "numero", ici.numero
    for nom in JOINTS:
        joint = getattr(record, nom, None)
        yield nom, joint if isinstance(joint, int) else epure(str(joint or ""))


def remplis(record: logging.LogRecord) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in champs(record) if valeur not in (None, "")}


class EnTexte(logging.Formatter):
    """« 2026-12-02 10:00:00,000 WARNING beffroi.x antivirus failed taille=12 demande=3f9a… »."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Nommé par `logging`. Un texte venu d'ailleurs ne fait pas une ligne de plus."""
        record.message = epure(record.message)
        dits = [f"{nom}={valeur}" for nom, valeur in remplis(record).items()]
        entiere = " ".join([super().formatMessage(record), *dits])
        return "\\n".join(entiere.splitlines())

    def formatException(self, ei: Any) -> str:
        """Nommé par `logging`."""
        return epure(super().formatException(ei))


class EnJson(JsonFormatter):
    """Une ligne de JSON : « beffroi » y dit de quel journal elle est, « le » l'heure en UTC."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Nommé par `pythonjsonlogger` : les nôtres, et aucun autre."""
        trace = message_dict.get("exc_info")
        log_data |= {
            "beffroi": "acces" if record.name == ACCES else "technique",
            "le": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "source": record.name,
            "message": epure(record.message),
            **remplis(record),
        }
        if trace:
            log_data["trace"] = epure(str(trace))
