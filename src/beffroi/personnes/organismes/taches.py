"""La ronde des organismes : un rôle que personne n'a pris n'attend pas toujours."""

from datetime import datetime

from beffroi.personnes.organismes import queries, services
from beffroi.socle.fondations.erreurs import ConflitEtat


def oublier_les_attentes(le: datetime) -> None:
    """Ronde : chacune dans sa transaction. Prise ou annulée entre-temps, elle n'est plus là."""
    for attente in queries.attentes_oubliees(le):
        try:
            services.oublier_l_attente(attente=attente, maintenant=le)
        except ConflitEtat:
            continue
