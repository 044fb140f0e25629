"""Ce que le centre annonce."""

from beffroi.socle.fondations.mots import Mots


class Sorte(Mots):
    INCIDENT = "incident", "Incident"
    MAINTENANCE = "maintenance", "Maintenance prévue"
