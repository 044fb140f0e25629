"""Ce que les archives reçoivent des copies de sauvegarde ouvertes :
les fichiers remis, et pourquoi on les a ouvertes.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie
from formats.versement import Etape, Piece, Sorte


def sortis(consultation: Consultation, *, le: datetime) -> list[QuerySet[FichierDeCopie]]:
    return [FichierDeCopie.objects.filter(ouverture__depot__consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [fichiers] = sortis(consultation, le=le)
    for fichier in fichiers.select_related("ouverture__depot"):
        yield gardee(
            f"Copie de sauvegarde de {fichier.ouverture.depot.deposant} : {fichier.nom}",
            fichier,
            sorte=Sorte.OFFRE,
            etape=Etape.OFFRES,
            le=fichier.ouverture.ouverte_le,
        )
