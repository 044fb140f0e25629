"""Les rondes des comptes."""

from datetime import datetime

from beffroi.personnes.comptes import services


def purger_les_essais(le: datetime) -> None:
    """Ronde : un essai manqué ne se garde pas plus qu'il ne compte."""
    services.purger_les_essais(maintenant=le)


def purger_les_connexions(le: datetime) -> None:
    """Ronde : une séance finie ne reste pas, avec ce qu'elle retenait."""
    services.purger_les_connexions(maintenant=le)
