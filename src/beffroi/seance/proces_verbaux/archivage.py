"""Ce que les archives reçoivent des séances :
le procès-verbal scellé, et ceux que des personnes ont signés.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation
from beffroi.seance.proces_verbaux.models import ProcesVerbal
from formats.versement import Etape, Piece, Sorte


def scelles(consultation: Consultation, *, le: datetime) -> list[QuerySet[ProcesVerbal]]:
    return [ProcesVerbal.objects.filter(seance__consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [lus] = scelles(consultation, le=le)
    for scelle in lus.order_by("pk").select_related("seance").prefetch_related("signes"):
        gardees = [("proces-verbal", scelle.cle_de_stockage, scelle.sha256, scelle.etabli_le)]
        gardees += [
            (f"signe-{s.reference}", s.cle_de_stockage, s.sha256, s.depose_le)
            for s in scelle.signes.all()
        ]
        for nom, cle, sha256, date in gardees:
            signe = nom.startswith("signe")
            yield Piece(
                titre=(
                    f"Procès-verbal {'signé ' if signe else ''}de la séance "
                    f"{scelle.seance.reference}"
                ),
                sorte=Sorte.PROCES_VERBAL,
                etape=Etape.OFFRES,
                nom=f"{nom}-{scelle.seance.reference}.pdf",
                ouvrir=gardes(cle),
                sha256=sha256,
                le=date,
                sujet=scelle.seance.reference,
                cle=cle,
            )
