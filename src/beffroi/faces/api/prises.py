"""API : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    hors_preuve={
        "ActeParCle": "une clé d'envoi déjà servie ; l'acte qu'elle a fait est au journal",
    },
)
