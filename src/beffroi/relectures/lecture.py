"""Lire le règlement joint au dossier, hors de toute transaction : la lecture peut durer, et se tromper."""

from dataclasses import dataclass

from beffroi.consultations.models import Consultation, PieceDce
from beffroi.consultations.queries import pieces_en_vigueur
from beffroi.socle.stockage import stockage
from formats.lecture import DocumentIllisible, Texte, lire_document


@dataclass(frozen=True)
class ReglementLu:
    """Le document, son texte s'il a pu être lu, et la phrase qui dit pourquoi il n'a pas pu l'être."""

    document: PieceDce | None = None
    texte: Texte | None = None
    refus: str = ""


def reglement_de(consultation: Consultation) -> ReglementLu:
    """Le règlement en vigueur du dossier, lu ; un document illisible se dit, et le contrôle est partiel."""
    document = pieces_en_vigueur(consultation).filter(sorte=PieceDce.Sorte.RC).first()
    if document is None:
        return ReglementLu()
    with stockage().lire(document.cle_de_stockage) as flux:
        octets = flux.read()
    try:
        return ReglementLu(document, lire_document(octets, document.nom))
    except DocumentIllisible as refus:
        return ReglementLu(document, None, refus.phrase)
