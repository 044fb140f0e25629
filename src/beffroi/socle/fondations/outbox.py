"""La boîte d'envoi : confier un courriel au serveur une fois, et retenir ce qu'il en a dit."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.models import Courriel


@dataclass(frozen=True)
class CourrielRefuse:
    """Le serveur du destinataire n'en veut pas, ou la patience est à
    bout : rien ne sera plus tenté.
    """

    cle: str
    destinataire: str
    motif: str
    le: datetime


def confier(courriel: Courriel, *, le: datetime) -> bool:
    """Retient, avant d'en livrer le corps, que ce courriel part ;
    faux s'il est déjà parti ou refusé.
    """
    a_confier = Courriel.objects.filter(
        pk=courriel.pk, confie_le=None, envoye_le=None, refuse_le=None
    )
    return a_confier.update(confie_le=le) == 1


def reprendre(courriel: Courriel) -> None:
    """Le serveur ne l'a pas pris : il pourra être confié de nouveau."""
    Courriel.objects.filter(pk=courriel.pk, envoye_le=None).update(confie_le=None)


def marquer_envoye(courriel: Courriel, *, le: datetime) -> None:
    Courriel.objects.filter(pk=courriel.pk, envoye_le=None).update(envoye_le=le)


def effacer(prefixe: str, *, destinataire: str = "") -> None:
    """Oublie ces courriels, partis ou non :
    une personne qui se retire n'en reçoit plus, et son adresse s'efface.
    """
    a_effacer = Courriel.objects.filter(cle__startswith=prefixe)
    (a_effacer.filter(destinataire=destinataire) if destinataire else a_effacer).delete()


@transaction.atomic
def marquer_refuse(courriel: Courriel, motif: str, *, le: datetime) -> None:
    """Note le refus, et l'annonce à qui doit le savoir."""
    Courriel.objects.filter(pk=courriel.pk).update(confie_le=None, refuse_le=le, refus=motif[:500])
    evenements.publier(CourrielRefuse(courriel.cle, courriel.destinataire, motif, le))
