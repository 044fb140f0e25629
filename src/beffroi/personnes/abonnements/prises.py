"""Abonnements : ce que ce contexte branche dans la maison."""

from beffroi.personnes.abonnements import taches
from beffroi.socle.fondations.outbox import CourrielRefuse
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.purger, taches.envoyer_les_resumes),
    abonnes={
        CourrielRefuse: (taches.retenir_un_refus,),
    },
    hors_preuve={
        "AdresseAbonnee": (
            "une adresse le temps qu'elle suit quelque chose, effacée au dernier arrêt"
        ),
        "Suivi": "ce qu'une adresse veut savoir : rien de légal n'en dépend, et tout s'efface",
        "Nouvelle": "ce qui attend un résumé, effacé une fois écrit",
    },
)
