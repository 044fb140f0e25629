"""Lire le règlement joint au dossier, hors de toute transaction :
la lecture peut durer, et se tromper.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.core.cache import caches

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.queries import pieces_du_dossier
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.relectures.ports import Examen, examiner
from beffroi.achat.relectures.rules.reperage import plier
from beffroi.socle.fondations.stockage import stockage
from formats.lecture import DocumentIllisible, Texte, lire_document, mesurer

_SECONDES_GARDEES = 3600
_ACTES_LUS = 5


@dataclass(frozen=True)
class ReglementLu:
    """Le document, son texte s'il a pu être lu, et la phrase qui dit pourquoi il n'a pas pu l'être.

    `actes` : les actes d'engagement du même dossier, ceux qui se lisent.
    """

    document: PieceDce | None = None
    texte: Texte | None = None
    refus: str = ""
    actes: tuple[Texte, ...] = ()


def reglement_de(consultation: Consultation) -> ReglementLu:
    """Le règlement en vigueur du dossier, lu ;
    un document illisible se dit, et le contrôle est partiel.
    """
    document = _document_du_reglement(consultation)
    if document is None:
        return ReglementLu()
    texte, refus = _texte_ou_refus(document)
    return ReglementLu(document, texte, refus, _actes_d_engagement(consultation))


def _document_du_reglement(consultation: Consultation) -> PieceDce | None:
    """Le document déposé comme règlement ; à défaut, celui que son intitulé nomme ainsi."""
    pieces = pieces_du_dossier(consultation)
    nommes = (piece for piece in pieces if "reglement" in plier(piece.intitule))
    return next((piece for piece in pieces if piece.sorte == PieceDce.Sorte.RC), None) or next(
        nommes, None
    )


def _actes_d_engagement(consultation: Consultation) -> tuple[Texte, ...]:
    """Un par lot, parfois :
    les premiers suffisent à voir qu'ils disent autre chose que le règlement.
    """
    actes = (p for p in pieces_du_dossier(consultation) if p.sorte == PieceDce.Sorte.AE)
    lus = (_texte_ou_refus(acte)[0] for acte in islice(actes, _ACTES_LUS))
    return tuple(texte for texte in lus if texte)


def examen_de(consultation: Consultation, lu: ReglementLu, *, le: datetime) -> Examen:
    """Ce que les contrôles disent de l'achat décrit aujourd'hui et du règlement lu."""
    achat = preparation.achat_de(consultation, le=le)
    return examiner(
        achat, lu.texte, le=le, prepare=preparation.est_preparee(consultation), actes=lu.actes
    )


def _texte_ou_refus(document: PieceDce) -> tuple[Texte | None, str]:
    """Lu une fois l'heure, quelle que soit la page : les mêmes octets donnent le même texte.

    Un refus se garde aussi longtemps :
    un document qui n'en finit pas de se lire ne ralentit pas chaque page.
    """
    cle = f"reglement-lu-{document.sha256}-{document.nom.rpartition('.')[2].lower()[:8]}"
    connu: tuple[Texte | None, str] | None = caches["memoire"].get(cle)
    if connu is None:
        connu = _lire(document)
        caches["memoire"].set(cle, connu, _SECONDES_GARDEES)
    return connu


def _lire(document: PieceDce) -> tuple[Texte | None, str]:
    try:
        mesurer(document.taille)  # avant d'en charger un octet : un document peut peser 2 Go
        with stockage().lire(document.cle_de_stockage) as flux:
            octets = flux.read()
        return lire_document(octets, document.nom), ""
    except DocumentIllisible as refus:
        return None, refus.phrase
