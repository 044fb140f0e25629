"""La liste des tâches d'un brouillon : sept pages, chacune avec son état."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from beffroi.consultations import queries
from beffroi.consultations.models import Consultation
from beffroi.consultations.rules import publication as rules

INTITULES = {
    "description": "Description",
    "lots": "Lots",
    "documents": "Documents",
    "pieces": "Pièces attendues",
    "membres": "Qui ouvre",
    "cles": "Clés",
}


class Tache(NamedTuple):
    """Une ligne du composant `taches`."""

    nom: str
    ton: str
    mot: str
    url: str = ""
    signe: str = ""
    ici: bool = False


def taches(consultation: Consultation, maintenant: datetime, *, ici: str = "") -> list[Tache]:
    """Chaque tâche prend son état des mêmes contrôles que la publication."""
    controles = rules.controles(queries.faits_de_publication(consultation, maintenant), maintenant=maintenant)
    lignes = [
        _tache(consultation, cle, nom, [c for c in controles if c.tache == cle], ici=ici)
        for cle, nom in INTITULES.items()
    ]
    bloquants = sum(controle.gravite == rules.BLOQUANT for controle in controles)
    verifier = adresse_de_la_tache(consultation, "verifier")
    if bloquants:
        lignes.append(
            Tache("Vérifier et publier", "gris", "Pas encore possible", verifier, "cadenas", ici == "verifier")
        )
    else:
        lignes.append(Tache("Vérifier et publier", "cours", "Prêt à publier", verifier, "suite", ici == "verifier"))
    return lignes


def _tache(consultation: Consultation, cle: str, nom: str, controles: list[rules.Controle], *, ici: str) -> Tache:
    url = adresse_de_la_tache(consultation, cle)
    gravites = {controle.gravite for controle in controles}
    if cle == "lots":
        if gravites:
            return Tache(nom, "gris", "À faire", url, "", ici == cle)
        nombre = consultation.lots.count()
        return Tache(nom, "ok", f"{nombre} lots" if nombre > 1 else "Sans lot", url, "", ici == cle)
    if rules.BLOQUANT in gravites:
        commencee = rules.ACQUIS in gravites
        ton, mot, signe = ("cours", "En cours", "") if commencee else ("gris", "À faire", "")
    elif rules.AVERTISSEMENT in gravites:
        ton, mot, signe = "attention", "À relire", "crayon"
    else:
        ton, mot, signe = "ok", "Complet", ""
    return Tache(nom, ton, mot, url, signe, ici == cle)


def adresse_de_la_tache(consultation: Consultation, cle: str) -> str:
    nom = "cles" if cle == "cles" else f"preparer_{cle}"
    return reverse(f"consultations:{nom}", args=(consultation.reference,))
