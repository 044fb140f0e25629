"""La veille : chaque nuit, une part de tout ce qui est gardé est relue.
Un octet changé se dit, et nomme l'objet.

Un disque s'abîme sans bruit.
Relire tout chaque mois le montre tant qu'une sauvegarde tient encore les bons octets.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.tours.models import Tour
from beffroi.garde.archives import copies, gardes, ports
from beffroi.garde.archives.gardes import PARTS, part_de
from beffroi.garde.archives.rules import FINIES
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import objets_detruits
from droit.calendrier.heures import PARIS
from formats.versement import Piece

ACTE = "archives.veiller"
FIXEES_AU_PLUS = 2000
HEURES = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abime:
    """Un objet gardé qui n'est plus celui qui a été reçu :
    ce que l'on en sait, sans ce qu'il contient.
    """

    consultation: str
    titre: str
    cle: str
    attendue: str
    lue: str

    @property
    def ou(self) -> str:
        """Où il est gardé : une archive rendue n'est d'aucune consultation."""
        return f"consultation {self.consultation}" if self.consultation else self.titre


def part_du(jour: date) -> int:
    return jour.toordinal() % PARTS


def est_l_heure(le: datetime) -> bool:
    return le.astimezone(PARIS).hour in HEURES


def sujet_du(jour: date) -> str:
    return f"veille/{jour.isoformat()}"


def objets_de(*parts: int, le: datetime) -> Iterator[tuple[str, Piece]]:
    """Tout ce qui est gardé, pour ces parts, chaque objet une fois :
    avec sa consultation, s'il en a une.

    Dès l'heure limite, et jamais avant : le nombre d'objets relus est au journal, il dirait combien
    ont répondu. Une consultation sans suite l'attend aussi, comme celle dont un tour court encore.
    """
    vus = set(objets_detruits())
    for ou, piece in _gardes(parts=parts, le=le, detruits=frozenset(vus)):
        if piece.cle and piece.cle not in vus and part_de(piece.cle) in parts:
            vus.add(piece.cle)
            yield ou, piece


def _gardes(
    *, parts: Collection[int], le: datetime, detruits: Collection[str]
) -> Iterator[tuple[str, Piece]]:
    """Les pièces, leurs paquets, les archives rendues ;
    puis chaque champ qui désigne un objet gardé.
    """
    recues = Q(date_limite_remise__lt=le) & ~Q(etat__in=NON_PUBLIEES)
    passees = Consultation.toutes.filter(recues | Q(date_limite_remise=None, etat__in=FINIES))
    passees = passees.exclude(
        pk__in=Tour.objects.filter(date_limite__gte=le).values("consultation")
    )
    for consultation in passees.select_related("organisme").iterator():
        for piece in ports.pieces_de(consultation, le=le, detruits=detruits):
            yield consultation.reference, piece
    for consultation, piece in copies.des_paquets(Consultation.toutes.all()):
        yield consultation.reference, piece
    for rendue in ports.archives_rendues():
        yield "", rendue.piece
    ouvertes = Consultation.toutes.filter(Q(pk__in=passees.values("pk")) | Q(etat__in=NON_PUBLIEES))
    for champ in ports.objets_a_relire():
        yield from gardes.designes(champ, parts, consultations=ouvertes)


def empreintes_fixees() -> dict[str, str]:
    """Ce qu'une première relecture a trouvé d'un objet dont personne n'avait dit
    l'empreinte : elle vaut dès lors.
    """
    fixees: dict[str, str] = {}
    for contenu in (
        Ecriture.objects.filter(acte=ACTE).order_by("numero").values_list("contenu", flat=True)
    ):
        for cle, empreinte in json.loads(contenu)["donnees"].get("fixees", {}).items():
            fixees.setdefault(cle, empreinte)
    return fixees


def abimes() -> list[Abime]:
    """Ce que la dernière relecture de chaque part a trouvé d'abîmé :
    un objet réparé en sort quand sa part est relue.
    """
    dernieres: dict[int, list[Abime]] = {}
    for contenu in (
        Ecriture.objects.filter(acte=ACTE)
        .order_by("-numero")
        .values_list("contenu", flat=True)[: 2 * PARTS]
    ):
        donnees = json.loads(contenu)["donnees"]
        dernieres.setdefault(donnees["part"], [Abime(**un) for un in donnees["abimes"]])
    return [un for part in dernieres.values() for un in part]
