"""La ronde des pièces : écrire avant qu'elles expirent."""

from datetime import datetime

from beffroi.personnes.pieces import queries, services
from formats.dates import PARIS


def rappeler(le: datetime) -> None:
    """Ronde : trente jours puis sept jours avant le dernier jour,
    un courriel par personne pour toutes ses pièces.
    """
    jour = le.astimezone(PARIS).date()
    for equipe in queries.equipes_a_prevenir(le=jour):
        services.ecrire_les_rappels(equipe=equipe, maintenant=le)
