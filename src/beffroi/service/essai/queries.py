"""Ce que l'espace d'essai montre : sa consultation, et les courriels qui n'en sortent pas."""

from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.models import Courriel


def consultation_ouverte(*, le: datetime) -> Consultation | None:
    """La dernière consultation d'essai qui reçoit encore à cette heure."""
    ouvertes = Consultation.toutes.filter(etat=Consultation.Etat.PUBLIEE, date_limite_remise__gt=le)
    return ouvertes.order_by("-date_limite_remise", "-pk").first()


def courriels_de(personne: Utilisateur) -> QuerySet[Courriel]:
    """Ce que la plateforme aurait écrit à cette personne, le plus récent d'abord."""
    return Courriel.objects.filter(destinataire=personne.courriel).order_by("-pk")
