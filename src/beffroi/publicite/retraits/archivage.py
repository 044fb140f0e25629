"""Ce que les archives en reçoivent : le registre des retraits, à lire et à calculer ;
ses tirages scellés, tels quels.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import registre
from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.retraits import queries
from beffroi.publicite.retraits.models import TirageDesRetraits
from formats import registre_des_retraits as formats
from formats.versement import Etape, Piece


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    tirages = TirageDesRetraits.objects.filter(consultation=consultation).order_by("numero")
    yield from registre(
        "Registre des retraits",
        "registre-des-retraits",
        tirages=tirages,
        ecrire={
            "csv": lambda: formats.csv(queries.registre_de(consultation, etabli_le=le)),
            "pdf": lambda: formats.pdf(queries.registre_de(consultation, etabli_le=le)),
        },
        le=le,
        etape=Etape.CONSULTATION,
        sujet=consultation.reference,
    )
