"""Ce que les archives reçoivent de l'ouverture : les fichiers en clair, chacun sous sa réponse."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardee
from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.seance.ouverture.models import FichierOuvert
from formats.versement import Etape, Piece, Sorte


def ouverts(consultation: Consultation, *, le: datetime) -> list[QuerySet[FichierOuvert]]:
    return [FichierOuvert.objects.filter(ouverture__seance__consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [fichiers] = ouverts(consultation, le=le)
    liens = ("pli__equipe", "enveloppe", "seance")
    for fichier in fichiers.select_related(*(f"ouverture__{lien}" for lien in liens)):
        pli, enveloppe = fichier.ouverture.pli, fichier.ouverture.enveloppe
        offre = enveloppe.sorte == PieceAttendue.Enveloppe.OFFRE
        yield gardee(
            f"{pli.equipe.nom}, {enveloppe}, {fichier.nom}",
            fichier,
            sorte=Sorte.OFFRE if offre else Sorte.CANDIDATURE,
            etape=Etape.OFFRES if offre else Etape.CANDIDATURES,
            le=fichier.ouverture.ouverte_le,
            sujet=fichier.ouverture.seance.reference,
            pli=pli.reference,
        )
