"""Ce que les archives reçoivent de la publicité :
chaque avis, tel qu'il a été écrit, et la preuve de chaque envoi.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis.models import Avis
from formats.versement import Etape, Piece, Sorte, composee


def ecrits(consultation: Consultation, *, le: datetime) -> list[QuerySet[Avis]]:
    return [Avis.objects.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for avis in Avis.objects.filter(consultation=consultation).prefetch_related("parutions"):
        etape = Etape.ATTRIBUTION if avis.est_d_attribution else Etape.CONSULTATION
        for extension, texte in (("txt", avis.texte), ("json", avis.contenu), ("xml", avis.xml)):
            if texte:
                yield Piece(
                    titre=f"{avis}, {extension.upper()}",
                    sorte=Sorte.AVIS,
                    etape=etape,
                    nom=f"avis-{avis.reference}.{extension}",
                    ouvrir=composee(texte.encode),
                    le=avis.ecrit_le,
                    sujet=avis.reference,
                )
        prouvees = (parution for parution in avis.parutions.all() if parution.preuve_cle)
        for parution in prouvees:
            yield Piece(
                titre=f"Preuve d'envoi : {parution}",
                sorte=Sorte.AVIS,
                etape=etape,
                nom=parution.preuve_nom or f"preuve-{parution.reference}",
                ouvrir=gardes(parution.preuve_cle),
                sha256=parution.preuve_sha256,
                le=parution.envoyee_le,
                sujet=parution.reference,
                cle=parution.preuve_cle,
            )
