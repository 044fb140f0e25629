"""Ce que la page montre."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.queries import ouvertes
from beffroi.disponibilite import rules
from beffroi.disponibilite.models import Evenement, Releve
from beffroi.disponibilite.permissions import ACTES
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant
from beffroi.socle.erreurs import Introuvable


def releve_du_stockage() -> datetime | None:
    return Releve.objects.filter(composant="stockage").values_list("le", flat=True).first()


def evenements() -> QuerySet[Evenement]:
    return Evenement.objects.prefetch_related("points")


def en_cours(le: datetime) -> QuerySet[Evenement]:
    return evenements().filter(fini_le=None, commence_le__lte=le)


def prevus(le: datetime) -> QuerySet[Evenement]:
    """Le plus proche d'abord."""
    return evenements().filter(fini_le=None, commence_le__gt=le).order_by("commence_le")


def passes(le: datetime) -> QuerySet[Evenement]:
    """Ceux de l'année, le dernier d'abord."""
    return evenements().filter(fini_le__gt=le - rules.VIE_D_UN_EVENEMENT_MONTRE)


def annonces() -> QuerySet[Evenement]:
    return evenements().order_by("-annonce_le", "-pk")


def fermetures_prochaines(le: datetime) -> int:
    """Combien de consultations ferment dans les vingt-quatre heures : c'est public."""
    return ouvertes(le).filter(date_limite_remise__lte=le + timedelta(hours=24)).count()


def exiger_de_tenir_l_etat(personne: Utilisateur, le: datetime) -> None:
    exiger_role(habilitation_d_exploitant(personne, le), "tenir_l_etat", ACTES)


def evenement_a_suivre(personne: Utilisateur, reference: str, le: datetime) -> Evenement:
    exiger_de_tenir_l_etat(personne, le)
    evenement = evenements().filter(Q(reference=reference), fini_le=None).first()
    if evenement is None:
        raise Introuvable
    return evenement
