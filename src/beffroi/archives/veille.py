"""La veille : chaque nuit, une part de ce que les archives gardent est relue. Un octet changé se dit, et nomme l'objet.

Un disque s'abîme sans bruit. Relire tout chaque mois le montre tant qu'une sauvegarde tient encore les bons octets.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from beffroi.archives import ports
from beffroi.archives.rules import FINIES
from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import NON_PUBLIEES
from beffroi.journal.models import Ecriture
from droit.calendrier.heures import PARIS
from formats.versement import Piece

ACTE = "archives.veiller"
PARTS = 30
HEURES = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abime:
    """Un objet gardé qui n'est plus celui qui a été reçu : ce que l'on en sait, sans ce qu'il contient."""

    consultation: str
    titre: str
    cle: str
    attendue: str
    lue: str


def part_de(cle: str) -> int:
    """À quelle nuit du mois revient cet objet : son nom le dit, les parts se valent."""
    return int(hashlib.sha256(cle.encode()).hexdigest()[:8], 16) % PARTS


def part_du(jour: date) -> int:
    return jour.toordinal() % PARTS


def est_l_heure(le: datetime) -> bool:
    return le.astimezone(PARIS).hour in HEURES


def sujet_du(jour: date) -> str:
    return f"veille/{jour.isoformat()}"


def objets_de(part: int, *, le: datetime) -> Iterator[tuple[Consultation, Piece]]:
    """Ce qui est gardé et dont l'empreinte est connue, pour cette part : dès l'heure limite, et jamais avant.

    Le nombre d'objets relus est au journal : avant l'heure limite, il dirait combien ont répondu.
    """
    recues = Q(date_limite_remise__lt=le) & ~Q(etat__in=NON_PUBLIEES)
    for consultation in Consultation.toutes.filter(recues | Q(etat__in=FINIES)).select_related("organisme").iterator():
        for piece in ports.pieces_de(consultation, le=le):
            if piece.cle and piece.sha256 and part_de(piece.cle) == part:
                yield consultation, piece


def abimes() -> list[Abime]:
    """Ce que la dernière relecture de chaque part a trouvé d'abîmé : un objet réparé en sort quand sa part est relue."""
    dernieres: dict[int, list[Abime]] = {}
    for contenu in (
        Ecriture.objects.filter(acte=ACTE).order_by("-numero").values_list("contenu", flat=True)[: 2 * PARTS]
    ):
        donnees = json.loads(contenu)["donnees"]
        dernieres.setdefault(donnees["part"], [Abime(**un) for un in donnees["abimes"]])
    return [un for part in dernieres.values() for un in part]
