"""Qui tient quel rôle, où, et depuis quand."""

from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.comptes.models import Utilisateur
from beffroi.organismes.models import Habilitation, Organisme
from beffroi.socle.erreurs import Introuvable


def _en_cours(le: datetime) -> Q:
    return Q(depuis_le__lte=le) & (Q(jusqu_au=None) | Q(jusqu_au__gt=le))


def habilitations_en_cours(utilisateur: Utilisateur, le: datetime) -> QuerySet[Habilitation]:
    """Les habilitations que la personne tient à cet instant."""
    return (
        Habilitation.objects.filter(_en_cours(le), utilisateur=utilisateur)
        .select_related("organisme", "utilisateur")
        .order_by("organisme__nom")
    )


def est_agent(utilisateur: Utilisateur, le: datetime) -> bool:
    """La personne tient un rôle dans un organisme au moins."""
    return Habilitation.objects.filter(_en_cours(le), utilisateur=utilisateur).exists()


def habilitation_dans(utilisateur: Utilisateur, organisme: Organisme, le: datetime) -> Habilitation:
    """L'habilitation de la personne dans cet organisme ; un organisme étranger est introuvable."""
    habilitation = habilitations_en_cours(utilisateur, le).filter(organisme=organisme).first()
    if habilitation is None:
        raise Introuvable()
    return habilitation


def habilitation_par_siret(utilisateur: Utilisateur, siret: str, le: datetime) -> Habilitation:
    """La même, par le SIRET que porte une adresse de page."""
    habilitation = habilitations_en_cours(utilisateur, le).filter(organisme__siret=siret).first()
    if habilitation is None:
        raise Introuvable()
    return habilitation


def agents_de(organisme: Organisme, le: datetime) -> QuerySet[Habilitation]:
    """Les habilitations en cours dans l'organisme, par nom."""
    return (
        Habilitation.objects.filter(_en_cours(le), organisme=organisme)
        .select_related("utilisateur")
        .order_by("utilisateur__nom", "pk")
    )


def habilitation_pour(habilitation: Habilitation, reference: str, le: datetime) -> Habilitation:
    """Une habilitation en cours du même organisme ; toute autre est introuvable."""
    trouvee = agents_de(habilitation.organisme, le).filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def exploitant() -> Organisme:
    """L'organisme qui tient le service."""
    organisme = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    if organisme is None:
        raise Introuvable("Le service n'a pas encore d'exploitant.")
    return organisme
