"""Ce qu'une sonde d'ailleurs remet : son jeton, puis ses mesures, bornées et lues avec méfiance."""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from beffroi.service.sonde.resultats import PHRASE_AU_PLUS
from beffroi.socle.fondations.erreurs import RegleEnfreinte

OCTETS_AU_PLUS = 64 * 1024
MESURES_AU_PLUS = 200
# Une sonde garde ce qu'elle a mesuré pendant une panne, et le remet ensuite ;
# au-delà, ce n'est plus une mesure.
AGE_AU_PLUS = timedelta(days=7)
AVANCE_AU_PLUS = timedelta(minutes=2)
DUREE_AU_PLUS_MS = 600_000
PREFIXE = "Bearer "


@dataclass(frozen=True)
class Exterieure:
    """Une mesure, à la minute que dit qui l'a faite."""

    le: datetime
    reussie: bool
    duree_ms: int | None
    statut_http: int | None
    phrase: str


def source_de(autorisation: str) -> str | None:
    """Le nom de la sonde dont c'est le jeton. Tous se comparent, en temps constant."""
    jeton = autorisation.removeprefix(PREFIXE).encode()
    if not autorisation.startswith(PREFIXE):
        return None
    connues: dict[str, str] = settings.SONDES_EXTERIEURES
    trouvees = [nom for nom, sien in connues.items() if hmac.compare_digest(sien.encode(), jeton)]
    return trouvees[0] if trouvees else None


def lire(corps: bytes, *, maintenant: datetime) -> list[Exterieure]:
    """Les mesures remises.

    Une seule illisible, et rien n'est gardé : qui les a écrites doit le savoir.
    """
    try:
        remises = json.loads(corps)["mesures"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise RegleEnfreinte('Écrivez {"mesures": [...]}, en JSON.') from None
    if not isinstance(remises, list) or not 0 < len(remises) <= MESURES_AU_PLUS:
        raise RegleEnfreinte(f"Remettez de 1 à {MESURES_AU_PLUS} mesures à la fois.")
    return [_une(remise, rang, maintenant) for rang, remise in enumerate(remises, start=1)]


def _une(remise: Any, rang: int, maintenant: datetime) -> Exterieure:
    try:
        le, reussie = datetime.fromisoformat(remise["le"]), remise["reussie"]
        mesure = Exterieure(
            le=le.astimezone(UTC).replace(second=0, microsecond=0),
            reussie=reussie,
            duree_ms=_entier(remise.get("duree_ms"), DUREE_AU_PLUS_MS),
            statut_http=_entier(remise.get("statut_http"), 599),
            phrase=_phrase(remise.get("phrase", "")),
        )
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        raise RegleEnfreinte(f"La mesure n° {rang} ne se lit pas.") from None
    if le.tzinfo is None or not isinstance(reussie, bool):
        raise RegleEnfreinte(f"La mesure n° {rang} ne dit pas son fuseau, ou si elle a réussi.")
    if not maintenant - AGE_AU_PLUS <= le <= maintenant + AVANCE_AU_PLUS:
        raise RegleEnfreinte(f"La mesure n° {rang} est trop ancienne, ou à venir.")
    return mesure


def _entier(valeur: Any, plafond: int) -> int | None:
    if valeur is None:
        return None
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not 0 <= valeur <= plafond:
        raise ValueError
    return valeur


def _phrase(valeur: Any) -> str:
    """Un texte d'ailleurs : borné, sur une ligne, sans caractère de commande."""
    if not isinstance(valeur, str):
        raise TypeError
    return "".join(signe if signe.isprintable() else " " for signe in valeur)[:PHRASE_AU_PLUS]
