"""Ce que les archives en reçoivent : le registre des dépôts, à lire et à calculer ;
ses tirages scellés, tels quels.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import registre
from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.registre_des_depots import queries
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from formats import registre_des_depots as formats
from formats.versement import Etape, Piece


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    tirages = RegistreScelle.objects.filter(consultation=consultation).order_by("numero")
    yield from registre(
        "Registre des dépôts",
        "registre-des-depots",
        tirages=tirages,
        ecrire={
            "csv": lambda: formats.csv(queries.registre_de(consultation, etabli_le=le)),
            "pdf": lambda: formats.pdf(queries.registre_de(consultation, etabli_le=le)),
        },
        le=le,
        etape=Etape.CANDIDATURES,
        sujet=consultation.reference,
    )
