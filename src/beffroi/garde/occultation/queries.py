"""Les documents occultés de la personne, et ceux dont l'heure est passée."""

from datetime import datetime

from django.db.models import QuerySet

from beffroi.garde.occultation.models import DocumentOcculte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import est_agent
from beffroi.socle.fondations.erreurs import Introuvable


def exiger_un_agent(personne: Utilisateur, le: datetime) -> None:
    """Communiquer un document est l'affaire d'un acheteur ou du centre :
    pour les autres, ces pages n'existent pas.
    """
    if not est_agent(personne, le):
        raise Introuvable


def document_pour(personne: Utilisateur, reference: str, le: datetime) -> DocumentOcculte:
    exiger_un_agent(personne, le)
    document = DocumentOcculte.objects.filter(
        demande_par=personne, reference=reference, expire_le__gt=le
    ).first()
    if document is None:
        raise Introuvable(
            "Ce document n'est plus là : il se garde une heure. Recommencez depuis l'original."
        )
    return document


def expires(le: datetime) -> QuerySet[DocumentOcculte]:
    return DocumentOcculte.objects.filter(expire_le__lte=le)
