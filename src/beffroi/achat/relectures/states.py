"""Le cycle d'une relecture : demandée par l'acheteur, prise par un juriste, rendue ou retirée."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    DEMANDEE = "demandee", "Demandée"
    PRISE = "prise", "En cours"
    RENDUE = "rendue", "Rendue"
    RETIREE = "retiree", "Retirée"


CYCLE = (
    Transition("prendre", depuis=frozenset({Etat.DEMANDEE}), vers=Etat.PRISE),
    Transition("rendre", depuis=frozenset({Etat.PRISE}), vers=Etat.RENDUE),
    Transition("retirer", depuis=frozenset({Etat.DEMANDEE, Etat.PRISE}), vers=Etat.RETIREE),
)
