"""Le journal de sécurité, engagé par lots au journal des procédures : une empreinte, jamais un nom.

Chaque trace y serait trop : qui essaie mille mots de passe écrirait mille fois dans un registre qui
ne s'efface pas. Tous les quarts d'heure, un acte engage l'empreinte de ce qui s'est ajouté depuis
le précédent. Une trace changée, effacée ou ajoutée après coup contredit son lot ; les lots se
suivent, donc aucun ne manque. À douze mois, un lot s'efface avec son aléa, et ne se relit plus.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import Max, QuerySet

from beffroi.garde.conformite.models import LotDeTraces, TraceDeSecurite
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture

ACTE, SUJET = "traces.sceller", "securite"
ENTRE_DEUX = timedelta(minutes=15)
# Une trace s'inscrit dans l'instant : passé ce temps, aucune n'est encore en chemin.
EN_CHEMIN = timedelta(minutes=10)
# L'adresse de réseau et le reste : tout ce que la ligne dit.
COLONNES = ("pk", "fait", "le", "compte", "objet", "precision", "adresse", "logiciel")


@dataclass(frozen=True)
class Lot:
    """Ce qu'un acte a engagé : les traces après `depuis`, jusqu'à `jusqu_a` compris."""

    numero: int
    le: datetime
    depuis: int
    jusqu_a: int
    nombre: int
    empreinte: str
    premiere_le: datetime


def dernier_lot() -> Lot | None:
    ecriture = Ecriture.objects.filter(acte=ACTE).order_by("-numero").first()
    return lire(ecriture) if ecriture else None


def lots() -> Iterator[Lot]:
    for ecriture in Ecriture.objects.filter(acte=ACTE).order_by("numero").iterator(chunk_size=500):
        yield lire(ecriture)


def lots_echus(avant: datetime) -> list[int]:
    """Ceux dont l'aléa reste, et dont une trace au moins a passé l'âge : des plus anciens."""
    restent = LotDeTraces.objects.values("ecriture")
    connus = map(lire, Ecriture.objects.filter(numero__in=restent).order_by("numero").iterator())
    return [lot.numero for lot in takewhile(lambda lot: lot.premiere_le < avant, connus)]


def lire(ecriture: Ecriture) -> Lot:
    dit = json.loads(ecriture.contenu)["donnees"]
    return Lot(
        numero=ecriture.numero,
        le=ecriture.le,
        depuis=dit["depuis"],
        jusqu_a=dit["jusqu_a"],
        nombre=dit["traces"],
        empreinte=dit["empreinte"],
        premiere_le=chainage.instant_lu(dit["premiere_le"]),
    )


def a_sceller(*, depuis: int, le: datetime) -> QuerySet[TraceDeSecurite]:
    """Celles que le lot à venir engage : tout, jusqu'à la dernière qui n'est plus en chemin."""
    neuves = TraceDeSecurite.objects.filter(pk__gt=depuis)
    derniere = neuves.filter(le__lte=le - EN_CHEMIN).aggregate(derniere=Max("pk"))["derniere"]
    return neuves.filter(pk__lte=derniere or 0).order_by("pk")


class Condense:
    """L'empreinte d'un lot, trace après trace, sous son aléa."""

    def __init__(self, alea: str) -> None:
        self.nombre = 0
        self.premiere_le: datetime | None = None
        self.derniere = 0
        self._condense = hmac.new(bytes.fromhex(alea), digestmod=hashlib.sha256)

    def ajouter(self, trace: TraceDeSecurite) -> None:
        self.nombre += 1
        self.premiere_le = min(self.premiere_le or trace.le, trace.le)
        self.derniere = trace.pk
        dite = [_dite(getattr(trace, colonne)) for colonne in COLONNES]
        self._condense.update(json.dumps(dite, ensure_ascii=False).encode() + b"\n")

    @property
    def empreinte(self) -> str:
        return self._condense.hexdigest()


def condenser(traces: Iterable[TraceDeSecurite], alea: str) -> Condense:
    condense = Condense(alea)
    for trace in traces:
        condense.ajouter(trace)
    return condense


def _dite(valeur: Any) -> Any:
    return chainage.instant(valeur) if isinstance(valeur, datetime) else valeur
