"""Ce que les archives reçoivent d'une consultation :
ses documents, dans toutes leurs versions publiées.

Chaque contexte qui tient des pièces offre la même fonction ;
sa prise `pieces_a_archiver` la branche.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from beffroi.achat.consultations.models import ChangementPublie, Consultation, PieceDce
from beffroi.socle.fondations.stockage import stockage
from formats.versement import Blocs, Etape, Piece, Sorte, composee

_LECTURE_OCTETS = 256 * 1024


def parues(consultation: Consultation, *, le: datetime) -> list[QuerySet[PieceDce]]:
    return [consultation.pieces.filter(publiee_le__isnull=False)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for piece in consultation.pieces.filter(publiee_le__isnull=False).order_by("rang", "pk"):
        titre, paru_le = str(piece), piece.publiee_le
        yield gardee(
            titre,
            piece,
            sorte=Sorte.DOSSIER,
            etape=Etape.CONSULTATION,
            le=paru_le,
            sujet=consultation.reference,
        )


def publies(consultation: Consultation, *, le: datetime) -> list[QuerySet[ChangementPublie]]:
    return [consultation.changements.all()]


def changements(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    dits = [
        {"le": c.le, "sorte": c.sorte, "texte": c.texte}
        for c in consultation.changements.order_by("le")
    ]
    if dits:
        yield faits(
            "Changements publiés",
            "changements.json",
            dits,
            sorte=Sorte.DOSSIER,
            etape=Etape.CONSULTATION,
        )


def brouillons(consultation: Consultation) -> Iterator[Piece]:
    """Les documents que l'acheteur n'a jamais publiés : ils sont à lui.

    Rendus avec le reste, et jamais versés.
    """
    for piece in consultation.pieces.filter(publiee_le=None).order_by("rang", "pk"):
        titre, le = f"{piece}, jamais publié", piece.ajoutee_le
        yield gardee(
            titre,
            piece,
            sorte=Sorte.DOSSIER,
            etape=Etape.PREPARATION,
            le=le,
            sujet=consultation.reference,
        )


def gardes(cle: str) -> Blocs:
    """Les octets gardés sous cette clé, bloc par bloc."""

    def blocs() -> Iterator[bytes]:
        with stockage().lire(cle) as flux:
            while bloc := flux.read(_LECTURE_OCTETS):
                yield bloc

    return blocs


class Fichier(Protocol):
    """Ce que la base dit d'un fichier gardé."""

    nom: str
    sha256: str
    taille: int
    cle_de_stockage: str


def gardee(titre: str, fichier: Fichier, **de: Any) -> Piece:
    """Un fichier gardé, sous le nom qu'il avait, avec sa somme et sa taille."""
    cle = fichier.cle_de_stockage
    return Piece(
        titre=titre,
        nom=fichier.nom,
        ouvrir=gardes(cle),
        sha256=fichier.sha256,
        taille=fichier.taille,
        cle=cle,
        **de,
    )


class Rapport(Protocol):
    """Ce que la base dit d'un document gardé sous ses deux formes."""

    odt: str
    pdf: str
    sha256_odt: str
    sha256_pdf: str


def a_lire_et_a_reprendre(titre: str, nom: str, rapport: Rapport, **de: Any) -> Iterator[Piece]:
    """Le même document deux fois : en ODT et en PDF."""
    for extension, cle, sha256 in (
        ("odt", rapport.odt, rapport.sha256_odt),
        ("pdf", rapport.pdf, rapport.sha256_pdf),
    ):
        yield Piece(
            titre=f"{titre}, {extension.upper()}",
            nom=f"{nom}.{extension}",
            ouvrir=gardes(cle),
            sha256=sha256,
            cle=cle,
            **de,
        )


class Tirage(Protocol):
    """Un registre scellé : son numéro, son jour, ses documents par extension."""

    numero: int
    scelle_le: datetime
    documents: dict[str, Any]


def tirages_d_un_registre(
    titre: str, nom: str, tirages: Iterable[Tirage], **de: Any
) -> Iterator[Piece]:
    """Ceux qui sont scellés, tels quels."""
    for tirage in tirages:
        for extension, document in sorted(tirage.documents.items()):
            yield Piece(
                titre=f"{titre}, tirage {tirage.numero}, {extension.upper()}",
                sorte=Sorte.REGISTRE,
                nom=f"{nom}-{tirage.numero}.{extension}",
                ouvrir=gardes(document["cle"]),
                sha256=document["sha256"],
                taille=document["taille"],
                le=tirage.scelle_le,
                cle=document["cle"],
                **de,
            )


def registre(
    titre: str, nom: str, ecrire: Mapping[str, Callable[[], bytes]], **de: Any
) -> Iterator[Piece]:
    """Le registre du jour, dans chaque forme qui s'écrit."""
    for extension, octets in ecrire.items():
        yield Piece(
            titre=f"{titre}, {extension.upper()}",
            sorte=Sorte.REGISTRE,
            nom=f"{nom}.{extension}",
            ouvrir=composee(octets),
            **de,
        )


def faits(titre: str, nom: str, contenu: Any, **de: Any) -> Piece:
    """Des faits que la base tient, écrits en JSON : ils se liront sans elle.

    `contenu` est ce qu'ils disent, ou la fonction qui le lira quand la pièce s'écrira.
    """

    def octets() -> bytes:
        dit = contenu() if callable(contenu) else contenu
        return json.dumps(
            dit, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder
        ).encode()

    return Piece(titre=titre, nom=nom, ouvrir=composee(octets), **de)
