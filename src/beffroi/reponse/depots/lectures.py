"""Ce qu'une personne lit de ses réponses et de ses plis, par des requêtes préparées.

Qui appelle a regardé si son compte est actif, comme `acces` ; et lui passe l'heure.
"""

from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Invitation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import acces
from beffroi.reponse.depots.models import BrouillonDeReponse, DepotMateriel, Pli
from beffroi.reponse.depots.rules.delais import SANS_RECEPTION
from beffroi.socle.fondations.requetes import prete

AVEC_TOUT = (
    "consultation__organisme",
    "tour",
    "equipe",
    "depose_par",
    "accuse",
    "remplace",
)


@prete
def reponse_nommee(
    utilisateur: Utilisateur, reference: str, le: datetime
) -> QuerySet[BrouillonDeReponse]:
    """Sa réponse de cette référence, si elle y agit."""
    return acces.reponses_d_un_compte_actif(utilisateur, le).filter(reference=reference)


@prete
def sans_reponse(utilisateur: Utilisateur, le: datetime) -> QuerySet[Invitation]:
    """Les tours ouverts où elle n'a rien commencé, le plus pressé d'abord."""
    siennes = tours.invitations_d_un_compte_actif(utilisateur)
    ouvertes = siennes.filter(tour__date_limite__gte=le, brouillons=None)
    vivantes = ouvertes.exclude(tour__consultation__etat__in=SANS_RECEPTION)
    return vivantes.order_by("tour__date_limite", "pk")


@prete
def en_preparation(utilisateur: Utilisateur, le: datetime) -> QuerySet[BrouillonDeReponse]:
    """Les réponses dont aucun pli n'est né de cette version, les plus récentes d'abord."""
    siennes = acces.reponses_d_un_compte_actif(utilisateur, le)
    return siennes.filter(plis=None).order_by("-commence_le")


@prete
def plis_deposes(utilisateur: Utilisateur, le: datetime) -> QuerySet[Pli]:
    """Les plis de ses équipes, le plus récent d'abord."""
    plis = acces.plis_a_un_compte_actif(utilisateur, le).select_related(*AVEC_TOUT)
    return plis.order_by("-recu_le", "-pk")


@prete
def materiels(consultation: Consultation) -> QuerySet[DepotMateriel]:
    """Ce qui est arrivé au guichet, et qui l'a saisi."""
    return consultation.depots_materiels.select_related("saisi_par")
