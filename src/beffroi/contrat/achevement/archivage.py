"""Ce que les archives reçoivent de l'achèvement :
le rapport de présentation, dans chacune de ses versions.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import a_lire_et_a_reprendre
from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement.models import RapportDePresentation
from formats.versement import Etape, Piece, Sorte


def etablis(consultation: Consultation, *, le: datetime) -> list[QuerySet[RapportDePresentation]]:
    return [RapportDePresentation.objects.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [rapports] = etablis(consultation, le=le)
    for rapport in rapports:
        yield from a_lire_et_a_reprendre(
            str(rapport),
            f"rapport-de-presentation-{rapport.version}",
            rapport,
            sorte=Sorte.RAPPORT,
            etape=Etape.ATTRIBUTION,
            le=rapport.etabli_le,
            sujet=rapport.reference,
        )
