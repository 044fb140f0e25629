"""Le cycle d'une demande de droit : reçue, prolongée une fois peut-être, répondue."""

from django.db import models

from beffroi.journal.cycles import Transition


class Etat(models.TextChoices):
    RECUE = "recue", "Reçue"
    PROLONGEE = "prolongee", "Prolongée"
    REPONDUE = "repondue", "Répondue"


OUVERTES = frozenset(Etat) - {Etat.REPONDUE}

CYCLE = (
    Transition("prolonger", depuis=frozenset({Etat.RECUE}), vers=Etat.PROLONGEE),
    Transition("repondre", depuis=OUVERTES, vers=Etat.REPONDUE),
)
