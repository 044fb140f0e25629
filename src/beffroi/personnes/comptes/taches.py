"""Les rondes des comptes."""

from datetime import datetime

from beffroi.personnes.comptes import services, suspension
from beffroi.socle.fondations.horloge import heure_reelle


def purger_les_essais(le: datetime) -> None:
    """Ronde : un essai manqué ne se garde pas plus qu'il ne compte."""
    services.purger_les_essais(maintenant=le)


def purger_les_connexions(le: datetime) -> None:
    """Ronde : une séance finie ne reste pas, avec ce qu'elle retenait.

    À l'heure de tous, comme elle s'ouvre : à l'école, où vingt heures passent en un instant, celle
    d'un agent qui tient la classe ne finit pas sous lui.
    """
    services.purger_les_connexions(maintenant=heure_reelle())


def purger_les_fichiers_suspendus(le: datetime) -> None:
    """Ronde : ce qu'un acte jamais repris avait envoyé ne reste pas."""
    services.purger_les_fichiers_suspendus(depuis=heure_reelle() - suspension.GARDE)
