"""Une intervention du centre chez Bomy, demandée par la mairie, finie le jour même."""

from datetime import datetime, timedelta

from beffroi.centre.interventions.services import cycle, gestes
from beffroi.centre.interventions.services.cycle import Raison
from beffroi.personnes.organismes.queries import habilitation_dans
from demo.peuplement import Troupe

RAISON = Raison(
    motif="Ranger les agents par service, à la demande de la mairie",
    demande="Appel de Martine Caron",
    prevu="Noter le service de chaque agent.",
    accord="Martine Caron, au téléphone",
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    fanny, bomy = troupe.personnes["fanny"], troupe.organismes["Bomy"]
    debut = le - timedelta(days=2)
    intervention = cycle.ouvrir(
        organisme=bomy, raison=RAISON, minutes=60, par=fanny, maintenant=debut
    )
    yvette = habilitation_dans(troupe.personnes["yvette"], bomy, debut)
    gestes.changer(
        habilitation=yvette,
        roles=yvette.roles,
        service="Conseil municipal",
        par=fanny,
        maintenant=debut + timedelta(minutes=4),
    )
    bilan = "Le service d'Yvette Cordier est noté. Les autres sont en mairie."
    cycle.finir(
        intervention=intervention, bilan=bilan, par=fanny, maintenant=debut + timedelta(minutes=11)
    )
