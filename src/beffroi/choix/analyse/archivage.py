"""Ce que les archives reçoivent de l'analyse : chaque rapport validé, à lire et à reprendre."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import a_lire_et_a_reprendre
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.models import RapportDAnalyse
from formats.versement import Etape, Piece, Sorte


def valides(consultation: Consultation, *, le: datetime) -> list[QuerySet[RapportDAnalyse]]:
    return [RapportDAnalyse.objects.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [rapports] = valides(consultation, le=le)
    for rapport in rapports:
        lot = f"-lot-{rapport.lot}" if rapport.lot else ""
        yield from a_lire_et_a_reprendre(
            f"Rapport d'analyse des offres{f', lot {rapport.lot}' if rapport.lot else ''}",
            f"rapport-d-analyse{lot}-{rapport.pk}",
            rapport,
            sorte=Sorte.RAPPORT,
            etape=Etape.OFFRES,
            le=rapport.valide_le,
            sujet=consultation.reference,
        )
