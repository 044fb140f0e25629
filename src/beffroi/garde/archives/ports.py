"""Ce que les archives attendent de chaque contexte, ses pièces, et de celui qui verse.

Elles n'en importent aucun pour cela.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives.models import Paquet
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.ports import port
from beffroi.socle.guichet.existence import ont_de_quoi
from beffroi.socle.journal.queries import destructions, objets_detruits
from formats.versement import Etape, Piece


def pieces_de(
    consultation: Consultation, *, le: datetime, detruits: Collection[str] | None = None
) -> list[Piece]:
    """Toutes, sauf celles qu'un visa a fait détruire :
    par étape, puis chaque contexte après celui qu'il suit (`fondations.prises`).

    Qui relit beaucoup de consultations donne `detruits`, lu une fois.
    """
    ranges = prises.rangees(lambda un: un.pieces_a_archiver)
    # Lesquels tiennent quelque chose de ce dossier : une seule question à la base pour tous.
    sources = [un.s_il_y_a(consultation, le=le) for un in ranges]
    *tiennent, a_detruit = ont_de_quoi([*sources, [destructions()]])
    if detruits is None:
        detruits = objets_detruits() if a_detruit else frozenset()
    trouvees = [
        piece
        for archivage in compress(ranges, tiennent)
        for piece in archivage.fonction(consultation, le=le)
        if piece.cle not in detruits
    ]
    ordre = list(Etape)
    return sorted(trouvees, key=lambda piece: ordre.index(piece.etape))


@dataclass(frozen=True, kw_only=True)
class SuiteDUnPaquet:
    """Où en est le versement d'un paquet, et la page qui le dit ; `prise_en_charge` :
    la phrase, une fois acquise.
    """

    adresse: str
    lien: str
    ton: str = ""
    mot: str = ""
    prise_en_charge: str = ""


@port("archives.SuitesDesPaquets")
def suites_des_paquets(paquets: Sequence[Paquet]) -> Mapping[int, SuiteDUnPaquet]:
    """Par la clé du paquet ; rien pour un paquet qui n'est pas établi."""


@dataclass(frozen=True, kw_only=True)
class Rendue:
    """Une archive rendue à un organisme et gardée ici ;
    les clés des pièces qu'elle contient, ou rien si on l'ignore.
    """

    piece: Piece
    contenues: Callable[[], frozenset[str]]


@port("archives.ArchivesRendues")
def archives_rendues(organisme: Organisme | None = None) -> list[Rendue]:
    """Celles de cet organisme, ou toutes."""


def objets_a_relire() -> list[ObjetGarde]:
    """Chaque champ qui désigne un objet gardé, et que la veille relit."""
    return [objet for objet in prises.lues(lambda un: un.objets_gardes) if not objet.sans_relecture]
