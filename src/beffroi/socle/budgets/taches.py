"""La ronde des budgets : une empreinte de réseau ne se garde pas plus qu'elle ne compte."""

from datetime import datetime

from beffroi.socle.budgets import services


def oublier(le: datetime) -> None:
    """Ronde : efface ce qui ne compte plus."""
    services.oublier(le=le)
