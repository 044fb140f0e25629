"""Ce que les archives reçoivent du dossier : ce que chaque version a changé.

Les documents viennent des consultations.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.dossiers.models import VersionDuDossier
from formats.versement import Etape, Piece, Sorte


def versions(consultation: Consultation, *, le: datetime) -> list[QuerySet[VersionDuDossier]]:
    return [VersionDuDossier.objects.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    lues = VersionDuDossier.objects.filter(consultation=consultation).order_by("numero")
    dites = [_version(version) for version in lues.prefetch_related("modifications")]
    if dites:
        yield faits(
            "Versions du dossier",
            "versions-du-dossier.json",
            dites,
            sorte=Sorte.DOSSIER,
            etape=Etape.CONSULTATION,
            sujet=consultation.reference,
        )


def _version(version: VersionDuDossier) -> dict[str, object]:
    return {
        "numero": version.numero,
        "explication": version.explication,
        "portee": version.portee,
        "ancienne_limite": version.ancienne_limite,
        "nouvelle_limite": version.nouvelle_limite,
        "motif_sans_prolongation": version.motif_sans_prolongation,
        "publiee_le": version.publiee_le,
        "changements": [
            {"nature": m.nature, "intitule": m.intitule, "nom": m.nom, "sha256": m.sha256}
            for m in version.modifications.all()
        ],
    }
