"""Quand l'adresse d'un compte change : ses équipes l'apprennent."""

from beffroi.personnes.comptes.events import AdresseChangee
from beffroi.personnes.entreprises import services


def annoncer(changement: AdresseChangee) -> None:
    """Abonné au changement d'adresse d'un compte."""
    services.annoncer_l_adresse(
        utilisateur=changement.utilisateur,
        ancienne=changement.ancienne,
        maintenant=changement.le,
    )
