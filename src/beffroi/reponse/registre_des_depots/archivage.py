"""Ce que les archives en reçoivent : le registre des dépôts, à lire et à calculer ;
ses tirages scellés, tels quels.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import registre, tirages_d_un_registre
from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.registre_des_depots import queries
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from formats import registre_des_depots as formats
from formats.versement import Etape, Piece

TITRE, NOM = "Registre des dépôts", "registre-des-depots"


def scelles(consultation: Consultation, *, le: datetime) -> list[QuerySet[RegistreScelle]]:
    return [RegistreScelle.objects.filter(consultation=consultation)]


def tirages(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    faits = RegistreScelle.objects.filter(consultation=consultation).order_by("numero")
    yield from tirages_d_un_registre(
        TITRE, NOM, faits, etape=Etape.CANDIDATURES, sujet=consultation.reference
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
        etape=Etape.CANDIDATURES,
        sujet=consultation.reference,
    )
