"""Abonnements : ce que ce contexte branche dans la maison."""

from beffroi.abonnements import taches
from beffroi.socle.outbox import CourrielRefuse
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.purger, taches.envoyer_les_resumes),
    abonnes={
        CourrielRefuse: (taches.retenir_un_refus,),
    },
)
