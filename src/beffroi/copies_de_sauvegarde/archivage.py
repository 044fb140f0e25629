"""Ce que les archives reçoivent des copies de sauvegarde ouvertes : les fichiers remis, et pourquoi on les a ouvertes."""

from collections.abc import Iterator
from datetime import datetime

from beffroi.consultations.archivage import gardes
from beffroi.consultations.models import Consultation
from beffroi.copies_de_sauvegarde.models import FichierDeCopie
from formats.versement import Etape, Piece, Sorte


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    fichiers = FichierDeCopie.objects.filter(ouverture__depot__consultation=consultation)
    for fichier in fichiers.select_related("ouverture__depot"):
        yield Piece(
            titre=f"Copie de sauvegarde de {fichier.ouverture.depot.deposant} : {fichier.nom}",
            sorte=Sorte.OFFRE,
            etape=Etape.OFFRES,
            nom=fichier.nom,
            ouvrir=gardes(fichier.cle_de_stockage),
            sha256=fichier.sha256,
            taille=fichier.taille,
            le=fichier.ouverture.ouverte_le,
            cle=fichier.cle_de_stockage,
        )
