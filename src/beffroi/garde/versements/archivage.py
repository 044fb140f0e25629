"""Ce que les versements remettent aux archives : ce que le service d'archives a répondu."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import gardes
from beffroi.achat.consultations.models import Consultation
from beffroi.garde.versements.models import Versement
from formats.versement import Etape, Piece, Sorte


def demandes(consultation: Consultation, *, le: datetime) -> list[QuerySet[Versement]]:
    return [Versement.objects.filter(paquet__consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Sans clé : la preuve qu'un paquet a été pris en charge suit l'organisme,
    et ne va à aucun bordereau d'élimination.
    """
    [versements] = demandes(consultation, le=le)
    lies = versements.select_related("paquet", "accuse", "reponse")
    for versement in lies.order_by("demande_le", "pk"):
        for message in (versement.accuse, versement.reponse):
            if message is not None:
                yield Piece(
                    titre=(
                        f"{message.get_sens_display()} du service d'archives, "
                        f"paquet {versement.paquet.reference}"
                    ),
                    sorte=Sorte.REGISTRE,
                    etape=Etape.EXECUTION,
                    nom=message.nom,
                    ouvrir=gardes(message.cle_de_stockage),
                    sha256=message.sha256,
                    taille=message.taille,
                    le=message.recu_le,
                    sujet=versement.reference,
                )
