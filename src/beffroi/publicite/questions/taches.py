"""La ronde des questions."""

from datetime import datetime

from beffroi.publicite.questions import services


def effacer(le: datetime) -> None:
    """Ronde : l'adresse d'un lien resté sans question ne reste pas plus de 48 heures."""
    services.effacer_les_demandeurs(le=le)
