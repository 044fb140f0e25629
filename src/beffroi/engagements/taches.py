"""La ronde : la notification d'un titulaire est reçue quand il l'a lue."""

from datetime import datetime

from beffroi.engagements import queries
from beffroi.engagements.services.notification import constater_la_lecture


def faire_le_tour(le: datetime) -> None:
    for engagement in queries.lus_et_pas_encore_recus():
        constater_la_lecture(engagement=engagement, maintenant=le)
