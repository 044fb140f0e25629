"""La ronde : un contrat notifié par la messagerie prend effet quand son titulaire l'a lu."""

from datetime import datetime

from beffroi.marches import queries
from beffroi.marches.services.notification import constater_la_lecture


def faire_le_tour(le: datetime) -> None:
    for marche in queries.lus_et_pas_encore_notifies():
        constater_la_lecture(marche=marche, maintenant=le)
