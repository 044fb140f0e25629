"""Le bordereau d'un paquet :
une unité par étape, une unité par pièce, chaque durée et chaque sort à leur place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath

from beffroi.garde.archives.rules import Dossier, Echeance, Sort, echeance, sort_final
from droit.calendrier.heures import PARIS
from formats.seda import (
    Bordereau,
    Dua,
    Gestion,
    Groupe,
    Niveau,
    Objet,
    Regle,
    SortFinal,
    Source,
    Unite,
)
from formats.versement import Etape, Piece

SORTS = {Sort.CONSERVER: SortFinal.CONSERVER, Sort.ELIMINER: SortFinal.DETRUIRE}
_EXTENSION = 10


class ObjetAbime(Exception):
    """Les octets d'une pièce ne sont plus ceux que le dossier dit, ou ne se lisent plus :
    le paquet ne se fait pas.
    """

    def __init__(self, piece: Piece, quoi: str) -> None:
        super().__init__(
            f"« {piece.titre} » ({piece.nom}) {quoi}. Le paquet n'a pas été écrit. "
            "Appelez l'assistance."
        )


@dataclass(frozen=True, kw_only=True)
class Entete:
    """Ce que le bordereau dit de ceux qui versent, de ceux qui reçoivent, et de quoi."""

    identifiant: str
    titre: str
    reference: str
    service_d_archives: str
    service_versant: str
    service_producteur: str
    accord: str
    version: str
    le: datetime


def composer(
    entete: Entete, pieces: Sequence[Piece], dossier: Dossier
) -> tuple[Bordereau, Mapping[str, Source]]:
    """Le bordereau, et d'où vient chaque fichier. Rien n'est lu ici."""
    groupes: list[Groupe] = []
    sources: dict[str, Source] = {}
    etapes: list[Unite] = []
    for rang, etape in enumerate(Etape, start=1):
        siennes = [(i, piece) for i, piece in enumerate(pieces, start=1) if piece.etape is etape]
        for numero, piece in siennes:
            groupes.append(Groupe(id=f"GROUPE{numero}", objets=(objet(numero, piece),)))
            sources[f"OBJET{numero}"] = surveillee(piece)
        unites = tuple(unite(numero, piece, dossier) for numero, piece in siennes)
        etapes.append(
            Unite(id=f"ETAPE{rang}", titre=etape, niveau=Niveau.SOUS_GROUPE, unites=unites)
        )
    racine = Unite(
        id="CONSULTATION",
        titre=entete.titre,
        niveau=Niveau.DOSSIER,
        reference_du_systeme=entete.reference,
        langue="fra",
        mots_cles=("marché public",),
        unites=tuple(etapes),
    )
    bordereau = Bordereau(
        identifiant=entete.identifiant,
        date=entete.le,
        service_d_archives=entete.service_d_archives,
        service_versant=entete.service_versant,
        service_producteur=entete.service_producteur,
        accord=entete.accord,
        commentaire=entete.titre,
        groupes=tuple(groupes),
        unites=(racine,),
        version=entete.version,
    )
    return bordereau, sources


def objet(numero: int, piece: Piece) -> Objet:
    suffixe = PurePath(piece.nom).suffix.lower()
    sur = (
        suffixe
        if suffixe[1:].isascii() and suffixe[1:].isalnum() and len(suffixe) <= _EXTENSION
        else ""
    )
    return Objet(
        id=f"OBJET{numero}",
        uri=f"content/OBJET{numero}{sur}",
        nom=piece.nom,
        taille=piece.taille,
        modifie_le=piece.le,
    )


def unite(numero: int, piece: Piece, dossier: Dossier) -> Unite:
    return Unite(
        id=f"UNITE{numero}",
        titre=piece.titre,
        niveau=Niveau.PIECE,
        sorte=piece.sorte,
        reference_du_producteur=piece.sujet,
        enregistre_le=jour(piece.le),
        gestion=gestion(piece, dossier),
        groupes=(f"GROUPE{numero}",),
    )


def gestion(piece: Piece, dossier: Dossier) -> Gestion:
    """La durée qui finit la dernière, et le jour d'où elle court ;
    tant qu'un fait manque, le sort seul.
    """
    echue: Echeance = echeance(piece.sorte, dossier, pli=piece.pli, contrat=piece.contrat)
    sort = SORTS[sort_final(piece.sorte, dossier, pli=piece.pli)]
    retenue = echue.retenue
    regles = (
        (Regle(identifiant=f"DUA-{retenue.annees}-ANS", debut=retenue.depuis),) if retenue else ()
    )
    return Gestion(dua=Dua(sort=sort, regles=regles))


def jour(le: datetime | None) -> date | None:
    return le.astimezone(PARIS).date() if le else None


def surveillee(piece: Piece) -> Source:
    """Les octets de la pièce, comparés pendant qu'ils passent à ce que le dossier en dit ;
    la pièce fautive est nommée.
    """

    def blocs() -> Iterator[bytes]:
        condense, taille = sha256(), 0
        for bloc in lus(piece):
            condense.update(bloc)
            taille += len(bloc)
            yield bloc
        if piece.taille is not None and taille != piece.taille:
            raise ObjetAbime(piece, f"a {taille} octets, {piece.taille} étaient attendus")
        if piece.sha256 and condense.hexdigest() != piece.sha256:
            raise ObjetAbime(piece, "n'a plus l'empreinte qui a été gardée")

    return blocs


def lus(piece: Piece) -> Iterable[bytes]:
    try:
        yield from piece.ouvrir()
    except (LookupError, FileNotFoundError):
        raise ObjetAbime(piece, "ne se trouve plus") from None
