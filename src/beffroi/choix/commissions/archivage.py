"""Ce que les archives reçoivent des commissions :
le procès-verbal de chaque réunion où la consultation est passée.

Une réunion voit plusieurs consultations :
son procès-verbal va dans chaque paquet, et aucun ne l'élimine (`cle` vide).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions.models import Reunion
from formats.versement import Etape, Piece, Sorte


def closes(consultation: Consultation, *, le: datetime) -> list[QuerySet[Reunion]]:
    return [Reunion.objects.filter(points__consultation=consultation, close_le__isnull=False)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [reunions] = closes(consultation, le=le)
    for reunion in reunions.distinct().select_related("commission").order_by("prevue_le"):
        gardees = [
            ("ODT", f"commission-{reunion.reference}.odt", reunion.odt, reunion.sha256_odt),
            ("PDF", f"commission-{reunion.reference}.pdf", reunion.pdf, reunion.sha256_pdf),
            ("signé", reunion.nom_du_signe, reunion.signe, reunion.sha256_signe),
        ]
        for forme, nom, cle, sha256 in gardees:
            if cle:
                yield Piece(
                    titre=f"Procès-verbal de la commission, {forme} : {reunion}",
                    sorte=Sorte.PROCES_VERBAL,
                    etape=Etape.ATTRIBUTION,
                    nom=nom,
                    ouvrir=gardes(cle),
                    sha256=sha256,
                    le=reunion.close_le,
                    sujet=reunion.reference,
                )
