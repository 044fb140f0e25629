"""Ce qui est gardé ici d'un organisme, et que son départ fera effacer :
ses pièces, leurs copies, chaque clé une fois.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from beffroi.achat.consultations.models import NON_PUBLIEES, Consultation
from beffroi.garde.archives import ports
from beffroi.garde.archives.copies import des_dossiers, des_paquets, detruites
from beffroi.garde.archives.services import Rendu
from beffroi.garde.restitution import apportees, composition
from beffroi.garde.restitution import ports as hors
from beffroi.personnes.organismes.models import Organisme
from formats.versement import Piece


def encore_gardees(organisme: Organisme, *, le: datetime) -> int:
    """Combien d'objets un bordereau d'effacement nommerait s'il s'établissait maintenant.

    Ce qui court encore n'en est pas.
    """
    finies, brouillons = a_effacer(organisme, le=le)
    siennes = (
        (une, piece, piece.sha256)
        for une, piece in gardees(organisme, [*finies, *brouillons], le=le)
    )
    return len(rendus(siennes, copies(organisme, finies)))


def a_effacer(
    organisme: Organisme, *, le: datetime
) -> tuple[list[Consultation], list[Consultation]]:
    """Les procédures à leur terme, puis les brouillons."""
    toutes = composition.consultations_de(organisme)
    finies = [une for une in toutes if composition.est_finie(une, le=le)]
    return finies, [une for une in toutes if une.etat in NON_PUBLIEES]


def gardees(
    organisme: Organisme, consultations: Iterable[Consultation], *, le: datetime
) -> Iterator[tuple[Consultation | None, Piece]]:
    """Ce qui est gardé ici de lui, par consultation,
    puis hors de toute consultation, sauf ce qui est aussi au centre.
    """
    for consultation in consultations:
        for piece in composition.gardees_de(consultation, le=le):
            if piece.cle:
                yield consultation, piece
    apportees_ici = chain.from_iterable(map(apportees.gardees_de, apportees.de(organisme)))
    for piece in chain(hors.a_effacer_hors_consultation(organisme, le=le), apportees_ici):
        yield None, piece


def copies(
    organisme: Organisme, consultations: Sequence[Consultation]
) -> Iterator[tuple[Consultation | None, Piece, str]]:
    """Les archives et les paquets qui portent les mêmes octets :
    les laisser serait ne rien effacer.
    """
    for rendue in ports.archives_rendues(organisme):
        yield None, rendue.piece, rendue.piece.sha256
    for consultation, piece in (*des_paquets(consultations), *des_dossiers(consultations)):
        yield consultation, piece, piece.sha256


def rendus(*sources: Iterable[tuple[Consultation | None, Piece, str]]) -> list[Rendu]:
    """Chaque clé une fois, sauf celles qu'un visa d'avant a déjà fait détruire."""
    lus = dict[str, Rendu]()
    for une, piece, sha256 in chain(*sources):
        lus.setdefault(piece.cle, Rendu(consultation=une, piece=piece, sha256=sha256))
    finies = detruites(lus)
    return [rendu for cle, rendu in lus.items() if cle not in finies]
