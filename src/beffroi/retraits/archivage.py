"""Ce que les archives en reçoivent : le registre des retraits, à lire et à calculer ; ses tirages scellés, tels quels."""

from collections.abc import Iterator
from datetime import datetime

from beffroi.consultations.archivage import gardes
from beffroi.consultations.models import Consultation
from beffroi.retraits import composition
from beffroi.retraits.models import TirageDesRetraits
from formats import registre_des_retraits as formats
from formats.versement import Etape, Piece, Sorte, composee


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    tirages = TirageDesRetraits.objects.filter(consultation=consultation).order_by("numero")
    for tirage in tirages:
        for extension, document in sorted(tirage.documents.items()):
            yield Piece(
                titre=f"Registre des retraits, tirage {tirage.numero}, {extension.upper()}",
                sorte=Sorte.REGISTRE,
                etape=Etape.CONSULTATION,
                nom=f"registre-des-retraits-{tirage.numero}.{extension}",
                ouvrir=gardes(document["cle"]),
                sha256=document["sha256"],
                taille=document["taille"],
                le=tirage.scelle_le,
                sujet=consultation.reference,
                cle=document["cle"],
            )
    for extension, ecrire in (("csv", formats.csv), ("pdf", formats.pdf)):
        yield Piece(
            titre=f"Registre des retraits, {extension.upper()}",
            sorte=Sorte.REGISTRE,
            etape=Etape.CONSULTATION,
            nom=f"registre-des-retraits.{extension}",
            ouvrir=composee(lambda ecrire=ecrire: ecrire(composition.composer(consultation, etabli_le=le))),  # type: ignore[misc]
            le=le,
            sujet=consultation.reference,
        )
