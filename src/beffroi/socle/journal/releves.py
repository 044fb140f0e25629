"""Quelle clé signe le registre, et à quelles tailles : la clé d'ici, et celles qu'elle a relevées.

Chaque relève est une écriture publique : le registre dit lui-même qui le signe, et la base refuse
déjà de le changer (ADR 0059).
"""

import base64
import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture
from sceau import SealError, handover, log

AUTRE_MAIN = (
    "La clé du registre a changé, et ce processus n'a pas la sienne : il ne signe plus rien. "
    "Relancez « serve » et « worker » sur ce nœud."
)

SUJET = "registre"

type Publiee = tuple[int, str, bytes]


class Posee(NamedTuple):
    """Une relève que la commande a faite : le registre l'inscrit quand un nœud repart avec elle."""

    note: str
    volee: bool

    @property
    def dit(self) -> handover.Handover:
        return handover.read(self.note)


def publiees(*, au: datetime | None = None) -> list[dict[str, object]]:
    """Les écritures de relève, telles que n'importe qui les vérifie (sceau, SPEC § 8)."""
    return [_en_clair(*une) for une in _ecrites(au)]


def a_joindre() -> dict[str, list[dict[str, object]]]:
    """Les mêmes, à côté d'une clé que l'on publie ; rien d'un registre sans relève."""
    dites = publiees()
    return {"releves": dites} if dites else {}


def cle_au(le: datetime) -> str:
    """La clé qui signait à cette heure : une archive d'alors se refait à l'octet près."""
    return cles()[: len(_ecrites(le)) + 1][-1].vkey


def cles() -> list[log.Verifier]:
    """Les clés du registre, la première d'abord, chacune avec les tailles qu'elle signe."""
    return list(_suivies(chainage.signataire().vkey, _ecrites(None)))


def en_lignes() -> str:
    """Les mêmes, une par ligne, pour une page : ce que nous y montrons est de notre registre, et
    une clé volée ne l'y met pas.
    """
    return "\n".join(cle.unsuspected().text for cle in cles())


def cle_de(*notes: str) -> bytes:
    """Le fichier `journal.vkey` d'une preuve : la clé qui a signé chacune de ces têtes."""
    siennes = [cle for cle in cles() if any(_a_signe(cle, note) for note in notes)]
    vkeys = [cle.vkey for cle in siennes] or [chainage.signataire().vkey]
    return "".join(f"{vkey}\n" for vkey in dict.fromkeys(vkeys)).encode()


def depuis_la_releve(*, au: datetime | None = None, volees: bool = False) -> int:
    """La taille à partir de laquelle la clé d'aujourd'hui signe seule : une preuve neuve s'y
    appuie, et n'a besoin d'aucune autre. `volees` : celle où l'on ne doute plus d'aucune.
    """
    relues = _relues(_ecrites(au))
    return max((une.index + 1 for une in relues if une.stolen or not volees), default=0)


def exiger_la_bonne_main() -> None:
    """`ServiceIndisponible` d'un processus qui tient encore une clé relevée, ou déjà une clé que
    le registre n'a pas inscrite : il ne signe aucune tête.
    """
    ici, inscrite, posee = chainage.signataire().vkey, derniere(), lue()
    attendue = ici
    if inscrite:
        attendue = inscrite.new
    elif posee and posee.dit.new == ici:
        attendue = posee.dit.old
    if attendue != ici:
        raise ServiceIndisponible(AUTRE_MAIN)


def derniere() -> handover.Handover | None:
    """La dernière relève inscrite."""
    relues = _relues(_ecrites(None))
    return relues[-1].said if relues else None


def inscrites() -> list[handover.Entry]:
    """Toutes, relues une à une ; `SealError` si l'une ne se lit plus : on a récrit la base."""
    return handover.entries(publiees())


def fichier() -> Path:
    """Où la commande pose la relève, à côté de la clé : elle ne porte aucun secret."""
    cle: Path = settings.JOURNAL["cle"]
    return cle.with_name(f"{cle.stem}-releve.json")


def lue() -> Posee | None:
    """Celle qui est posée ici ; rien d'un fichier qui n'en est pas une."""
    return decoder(fichier().read_bytes()) if fichier().exists() else None


def decoder(octets: bytes) -> Posee | None:
    try:
        dit = json.loads(octets)
        posee = Posee(dit["releve"], dit["volee"] is True)
        return posee if posee.dit else None
    except (SealError, ValueError, LookupError, TypeError, AttributeError):
        return None


def encoder(posee: Posee) -> bytes:
    return json.dumps({"releve": posee.note, "volee": posee.volee}).encode()


@lu_une_fois
def _ecrites(au: datetime | None) -> tuple[Publiee, ...]:
    return tuple((numero, contenu, bytes(jeton)) for numero, contenu, jeton in _lues(au))


@prete
def _lues(au: datetime | None) -> QuerySet[Ecriture, tuple[int, str, bytes | memoryview]]:
    lues = Ecriture.objects.filter(acte=handover.ACT).order_by("numero")
    lues = lues if au is None else lues.filter(le__lte=au)
    return lues.values_list("numero", "contenu", "jeton")


def _en_clair(numero: int, contenu: str, jeton: bytes) -> dict[str, object]:
    return {
        "numero": numero,
        "ecriture": contenu,
        "jeton": base64.b64encode(jeton).decode(),
    }


@lru_cache(maxsize=16)
def _relues(ecrites: tuple[Publiee, ...]) -> list[handover.Entry]:
    """Récrites dans la base, elles ne disent plus rien : la relecture les nomme."""
    try:
        return handover.entries(_en_clair(*une) for une in ecrites)
    except SealError:
        return []


@lru_cache(maxsize=16)
def _suivies(ici: str, ecrites: tuple[Publiee, ...]) -> list[log.Verifier]:
    dites = [_en_clair(*une) for une in ecrites] if _relues(ecrites) else []
    return handover.follow([log.Verifier(ici)], dites, listed=True)


def _a_signe(cle: log.Verifier, note: str) -> bool:
    try:
        return bool(log.open_checkpoint(note, [cle.unsuspected()]))
    except SealError:
        return False
