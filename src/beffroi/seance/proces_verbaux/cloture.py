"""Quand une séance se clôt : son procès-verbal s'écrit, dans la même transaction.

S'il échoue, rien n'est clos.
"""

from beffroi.seance.ouverture.events import SeanceClose
from beffroi.seance.proces_verbaux import services


def ecrire_le_proces_verbal(cloture: SeanceClose) -> None:
    """Abonné à la clôture d'une séance."""
    services.sceller_le_proces_verbal(seance=cloture.seance, par=cloture.par, maintenant=cloture.le)
