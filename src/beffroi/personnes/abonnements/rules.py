"""Combien de courriels une adresse peut recevoir sans avoir rien confirmé,
et quand part le résumé du jour.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from beffroi.socle.budgets.rules import Budget
from formats.dates import PARIS

VIE_D_UNE_DEMANDE = timedelta(hours=48)
ENTRE_DEUX_COURRIELS = timedelta(minutes=10)
COURRIELS_PAR_JOUR = 5
DEMANDES_EN_ATTENTE = 30
HEURE_DU_RESUME = time(8)
LIENS_PERDUS = Budget(
    acte="abonnements.retrouver",
    par_reseau=100,
    en_tout=500,
    sinon="Chaque courriel reçu porte aussi ce lien, à sa fin.",
)


def peut_ecrire(
    *, ecrits: Sequence[datetime], ce_sujet: Sequence[datetime], maintenant: datetime
) -> bool:
    """Cinq courriels par jour à une adresse, un toutes les dix minutes pour un même sujet.

    La limite ne ferme rien : le dernier lien reçu montre aussi les demandes qui l'ont suivi.
    """
    du_jour = [le for le in ecrits if le > maintenant - timedelta(days=1)]
    repete = any(le > maintenant - ENTRE_DEUX_COURRIELS for le in ce_sujet)
    return len(du_jour) < COURRIELS_PAR_JOUR and not repete


def dernier_resume(maintenant: datetime) -> datetime:
    """Les huit heures, à Paris, qui viennent de passer : ce qui a été écrit avant elles est dû."""
    local = maintenant.astimezone(PARIS)
    a_huit_heures = datetime.combine(local.date(), HEURE_DU_RESUME, PARIS)
    if local >= a_huit_heures:
        return a_huit_heures
    return datetime.combine(local.date() - timedelta(days=1), HEURE_DU_RESUME, PARIS)
