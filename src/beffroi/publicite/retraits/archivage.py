"""Ce que les archives en reçoivent : le registre des retraits, à lire et à calculer ;
ses tirages scellés, tels quels.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import registre, tirages_d_un_registre
from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.retraits import queries
from beffroi.publicite.retraits.models import TirageDesRetraits
from formats import registre_des_retraits as formats
from formats.versement import Etape, Piece

TITRE, NOM = "Registre des retraits", "registre-des-retraits"


def scelles(consultation: Consultation, *, le: datetime) -> list[QuerySet[TirageDesRetraits]]:
    return [TirageDesRetraits.objects.filter(consultation=consultation)]


def tirages(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    faits = TirageDesRetraits.objects.filter(consultation=consultation).order_by("numero")
    yield from tirages_d_un_registre(
        TITRE, NOM, faits, etape=Etape.CONSULTATION, sujet=consultation.reference
    )


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    yield from registre(
        TITRE,
        NOM,
        ecrire={
            "csv": lambda: formats.csv(queries.registre_de(consultation, etabli_le=le)),
            "pdf": lambda: formats.pdf(queries.registre_de(consultation, etabli_le=le)),
        },
        le=le,
        etape=Etape.CONSULTATION,
        sujet=consultation.reference,
    )
