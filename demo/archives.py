"""Les archives de la démonstration : la maison de santé est gelée, le temps d'un contrôle ;
tout est demandé en une archive.
"""

from datetime import datetime, timedelta

from beffroi.contrat.marches.models import Marche
from beffroi.garde.archives import services
from beffroi.garde.restitution import services as restitution
from demo.peuplement import Troupe

MOTIF = "Contrôle de la chambre régionale des comptes, lettre du 2 novembre"


def raconter(troupe: Troupe, *, le: datetime) -> None:
    consultation = (
        Marche.toutes.select_related("consultation__organisme").get(numero="2026-031").consultation
    )
    if consultation is None:
        raise ValueError("Le contrat 2026-031 naît d'une consultation.")
    services.geler(
        consultation=consultation,
        motif=MOTIF,
        par=troupe.personnes["martine"],
        maintenant=le - timedelta(hours=1),
    )
    restitution.demander(
        organisme=consultation.organisme,
        par=troupe.personnes["martine"],
        maintenant=le - timedelta(minutes=50),
    )
