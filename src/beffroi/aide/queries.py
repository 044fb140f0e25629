"""La file des rappels."""

from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.aide import rules
from beffroi.aide.models import DemandeDeRappel
from beffroi.aide.permissions import ACTES
from beffroi.comptes.models import Utilisateur
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant
from beffroi.socle.erreurs import Introuvable


def rappels_a_faire() -> QuerySet[DemandeDeRappel]:
    """La plus ancienne d'abord."""
    return DemandeDeRappel.objects.filter(rappelee_le=None)


def rappels_faits() -> QuerySet[DemandeDeRappel]:
    return DemandeDeRappel.objects.exclude(rappelee_le=None).order_by("-rappelee_le")


def rappels_a_effacer(le: datetime) -> QuerySet[DemandeDeRappel]:
    return DemandeDeRappel.objects.filter(
        Q(rappelee_le__lte=le - rules.VIE_APRES_L_APPEL) | Q(demandee_le__lte=le - rules.VIE_SANS_APPEL)
    )


def exiger_l_assistance(personne: Utilisateur, le: datetime) -> None:
    """Un agent du centre qui rappelle ; pour les autres, ces pages n'existent pas."""
    exiger_role(habilitation_d_exploitant(personne, le), "rappeler", ACTES)


def rappel_pour(personne: Utilisateur, reference: str, le: datetime) -> DemandeDeRappel:
    exiger_l_assistance(personne, le)
    demande = DemandeDeRappel.objects.filter(reference=reference).first()
    if demande is None:
        raise Introuvable
    return demande
