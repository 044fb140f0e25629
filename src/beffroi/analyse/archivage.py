"""Ce que les archives reçoivent de l'analyse : chaque rapport validé, à lire et à reprendre."""

from collections.abc import Iterator
from datetime import datetime

from beffroi.analyse.models import RapportDAnalyse
from beffroi.consultations.archivage import gardes
from beffroi.consultations.models import Consultation
from formats.versement import Etape, Piece, Sorte


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for rapport in RapportDAnalyse.objects.filter(consultation=consultation):
        lot = f"-lot-{rapport.lot}" if rapport.lot else ""
        for extension, cle, sha256 in (
            ("odt", rapport.odt, rapport.sha256_odt),
            ("pdf", rapport.pdf, rapport.sha256_pdf),
        ):
            yield Piece(
                titre=f"Rapport d'analyse des offres{f', lot {rapport.lot}' if rapport.lot else ''}, {extension.upper()}",
                sorte=Sorte.RAPPORT,
                etape=Etape.OFFRES,
                nom=f"rapport-d-analyse{lot}-{rapport.pk}.{extension}",
                ouvrir=gardes(cle),
                sha256=sha256,
                le=rapport.valide_le,
                sujet=consultation.reference,
                cle=cle,
            )
