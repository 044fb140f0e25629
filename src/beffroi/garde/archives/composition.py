"""Ce que contient le paquet d'une consultation, dans l'ordre, avant d'en lire un octet."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives import lisible, ports, segment
from beffroi.garde.archives.bordereau import Entete
from beffroi.garde.archives.documents import certificat_pdf
from beffroi.garde.archives.models import Elimination, Paquet
from formats.versement import Etape, Piece, Sorte, composee


def pieces_du_paquet(consultation: Consultation, entete: Entete) -> list[Piece]:
    """La page d'entrée d'abord, la consultation,
    ce que chaque contexte remet, puis le journal qui en parle.
    """
    remises = [*ports.pieces_de(consultation, le=entete.le), *des_eliminations(consultation)]
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
    toutes += segment.pieces(consultation, remises, le=entete.le)
    return toutes


def des_eliminations(consultation: Consultation) -> Iterator[Piece]:
    """Ce qui a été détruit n'y est plus :
    le visa qui l'a permis, et le certificat, le disent à sa place.
    """
    detruites = Elimination.objects.filter(
        lignes__consultation=consultation, etat=Elimination.Etat.DETRUITE
    ).distinct()
    for une in detruites:
        certificat = composee(lambda une=une: certificat_pdf(une))  # type: ignore[misc]
        documents = (
            ("Certificat de destruction", f"certificat-{une.reference}.pdf", certificat, ""),
            ("Visa", une.nom_du_visa, gardes(une.cle_du_visa), une.sha256_du_visa),
        )
        for titre, nom, ouvrir, sha256 in documents:
            yield Piece(
                titre=f"{titre}, bordereau {une.reference}",
                sorte=Sorte.REGISTRE,
                etape=Etape.EXECUTION,
                nom=nom,
                ouvrir=ouvrir,
                sha256=sha256,
                le=une.detruite_le,
                sujet=une.reference,
            )


def entete_de(paquet: Paquet) -> Entete:
    return entete(
        paquet.consultation,
        identifiant=paquet.reference,
        version=paquet.version,
        le=paquet.demande_le,
    )


def entete(consultation: Consultation, *, identifiant: str, version: str, le: datetime) -> Entete:
    """Qui verse et à qui :
    les réglages de l'installation, et l'organisme, producteur de ses archives.
    """
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
