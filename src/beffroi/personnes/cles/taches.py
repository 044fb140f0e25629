"""La ronde des clés : une garde que personne n'a prise n'attend pas toujours."""

from datetime import datetime

from beffroi.personnes.cles import queries, services
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.journal.acteurs import PLATEFORME


def oublier_les_gardes(le: datetime) -> None:
    """Ronde : la place se libère, et la page des gardiens la montre à prendre."""
    for attente in queries.gardes_oubliees(le):
        try:
            services.annuler_la_garde(attente=attente, par=PLATEFORME, maintenant=le)
        except ConflitEtat:
            continue
