"""Le cycle d'une demande de droit :
confirmée par l'adresse qui la porte, reçue, prolongée une fois peut-être, répondue.
"""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    A_CONFIRMER = "a_confirmer", "À confirmer"
    RECUE = "recue", "Reçue"
    PROLONGEE = "prolongee", "Prolongée"
    REPONDUE = "repondue", "Répondue"
    OUBLIEE = "oubliee", "Jamais confirmée"


OUVERTES = frozenset({Etat.RECUE, Etat.PROLONGEE})

CYCLE = (
    Transition("confirmer", depuis=frozenset({Etat.A_CONFIRMER}), vers=Etat.RECUE),
    Transition("oublier", depuis=frozenset({Etat.A_CONFIRMER}), vers=Etat.OUBLIEE),
    Transition("prolonger", depuis=frozenset({Etat.RECUE}), vers=Etat.PROLONGEE),
    Transition("repondre", depuis=OUVERTES, vers=Etat.REPONDUE),
)
