"""Abonnements : ce que ce contexte branche dans la maison."""

from beffroi.personnes.abonnements import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.outbox import CourrielRefuse
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.purger, taches.envoyer_les_resumes),
    abonnes={
        CourrielRefuse: (taches.retenir_un_refus,),
    },
    hors_preuve={
        "AdresseAbonnee": HorsPreuve(
            "une adresse le temps qu'elle suit quelque chose, effacée au dernier arrêt",
            "une alerte irait ailleurs, ou nulle part ; ce qu'elle annonce est public",
        ),
        "Suivi": HorsPreuve(
            "ce qu'une adresse veut savoir : rien de légal n'en dépend, et tout s'efface",
            "une alerte manquerait, ou viendrait en trop ; ce qu'elle annonce est public",
        ),
        "Nouvelle": HorsPreuve(
            "ce qui attend un résumé, effacé une fois écrit",
            "un résumé dirait autre chose ; ce qu'il résume est public",
        ),
    },
)
