"""Les rondes des entreprises."""

from datetime import datetime

from beffroi.personnes.entreprises import services


def oublier_les_invitations(le: datetime) -> None:
    """Ronde : une adresse invitée ne reste pas plus que son invitation."""
    services.oublier_les_invitations(le=le)


def oublier_les_reseaux(le: datetime) -> None:
    """Ronde : ce qui s'est fondé hier depuis un réseau ne se compte plus."""
    services.oublier_les_reseaux(le=le)
