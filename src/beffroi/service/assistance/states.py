"""Le cycle d'une demande d'assistance :
reçue, prise, en attente de la personne, résolue, ou fondue dans une autre.
"""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    RECUE = "recue", "Reçue"
    PRISE = "prise", "En cours"
    EN_ATTENTE = "en_attente", "Attend votre réponse"
    RESOLUE = "resolue", "Résolue"
    FUSIONNEE = "fusionnee", "Suivie avec une autre demande"


CLOSES = frozenset({Etat.RESOLUE, Etat.FUSIONNEE})
OUVERTES = frozenset(Etat) - CLOSES
SUIVIES = frozenset(Etat) - {Etat.FUSIONNEE}

CYCLE = (
    Transition("prendre", depuis=OUVERTES, vers=Etat.PRISE),
    Transition("repondre", depuis=OUVERTES, vers=Etat.PRISE),
    Transition("demander_une_precision", depuis=OUVERTES, vers=Etat.EN_ATTENTE),
    Transition("resoudre", depuis=OUVERTES, vers=Etat.RESOLUE),
    # La personne récrit :
    # une demande résolue se rouvre d'elle-même, une demande en attente revient dans la file.
    Transition("recevoir_une_suite", depuis=SUIVIES, vers=Etat.RECUE),
    Transition("fusionner", depuis=OUVERTES, vers=Etat.FUSIONNEE),
)
