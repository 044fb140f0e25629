"""Ce que contient le paquet d'une consultation, dans l'ordre, avant d'en lire un octet."""

from datetime import datetime

from django.conf import settings

from beffroi.archives import lisible, ports, segment
from beffroi.archives.bordereau import Entete
from beffroi.archives.models import Paquet
from beffroi.consultations.models import Consultation
from formats.versement import Etape, Piece, Sorte, composee


def pieces_du_paquet(consultation: Consultation, entete: Entete) -> list[Piece]:
    """La page d'entrée d'abord, la consultation, ce que chaque contexte remet, puis le journal qui en parle."""
    remises = ports.pieces_de(consultation, le=entete.le)
    sujets = [piece.sujet for piece in remises]
    toutes: list[Piece] = []
    entree = Piece(
        titre="Page d'entrée",
        sorte=Sorte.PREPARATION,
        etape=Etape.PREPARATION,
        nom="index.html",
        ouvrir=composee(lambda: lisible.page(entete, toutes)),
        le=entete.le,
    )
    toutes += [entree, segment.fiche(consultation, le=entete.le), *remises]
    toutes += segment.pieces(consultation, sujets, le=entete.le)
    return toutes


def entete_de(paquet: Paquet) -> Entete:
    return entete(paquet.consultation, identifiant=paquet.reference, version=paquet.version, le=paquet.demande_le)


def entete(consultation: Consultation, *, identifiant: str, version: str, le: datetime) -> Entete:
    """Qui verse et à qui : les réglages de l'installation, et l'organisme, producteur de ses archives."""
    organisme = consultation.organisme
    return Entete(
        identifiant=identifiant,
        titre=consultation.titre,
        reference=consultation.reference,
        service_d_archives=settings.ARCHIVES["service"],
        service_versant=organisme.siret,
        service_producteur=organisme.siret,
        accord=settings.ARCHIVES["accord"],
        version=version,
        le=le,
    )
