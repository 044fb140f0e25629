"""La liste des tâches d'un brouillon :
les questions, le dossier, les clés, chacune avec son état.
"""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import Etape, preparation, publicite_de
from beffroi.achat.consultations.rules import publication as rules

INTITULES = {
    "pieces": "Quelles pièces ?",
    "membres": "Qui ouvre ?",
    "documents": "Documents",
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
    """Les questions, puis le dossier et les clés ;
    chacune prend son état des contrôles de la publication.
    """
    controles = rules.controles(queries.faits_de_publication(consultation, maintenant))
    etapes = preparation().etapes(consultation, le=maintenant)
    lignes = [
        *(
            _question(etape, [c for c in controles if c.tache == etape.cle], ici=ici)
            for etape in etapes
        ),
        *(
            _tache(consultation, cle, nom, [c for c in controles if c.tache == cle], ici=ici)
            for cle, nom in INTITULES.items()
        ),
    ]
    verifier = adresse_de_la_tache(consultation, "verifier")
    if any(controle.gravite == rules.BLOQUANT for controle in controles):
        verdict = ("gris", "Pas encore possible", verifier, "cadenas")
    else:
        verdict = ("cours", "Prêt à publier", verifier, "suite")
    annonce = publicite_de(consultation, le=maintenant)
    lignes.append(
        Tache("Publicité", annonce.ton, annonce.mot, annonce.url, annonce.signe, ici == "publicite")
    )
    return [*lignes, Tache("Vérifier et publier", *verdict, ici == "verifier")]


def points_a_regler(consultation: Consultation, le: datetime) -> list[tuple[rules.Controle, str]]:
    """Ce que la page « Vérifier » et le panneau comptent :
    chaque point, et la page où il se corrige.
    """
    controles = rules.controles(queries.faits_de_publication(consultation, le))
    retenus = [controle for controle in controles if controle.gravite != rules.ACQUIS]
    return [
        (controle, controle.url or adresse_de_la_tache(consultation, controle.tache))
        for controle in retenus
    ]


def _question(etape: Etape, controles: list[rules.Controle], *, ici: str) -> Tache:
    ton, mot, signe = _etat_de_la_question(etape, {controle.gravite for controle in controles})
    return Tache(etape.nom, ton, mot, etape.url, signe, ici == etape.cle)


def _etat_de_la_question(etape: Etape, gravites: set[str]) -> tuple[str, str, str]:
    if etape.fautive:
        return "attention", "À corriger", "crayon"
    if not etape.faite:
        return ("gris", "Facultatif", "") if etape.facultative else ("gris", "À faire", "")
    if rules.BLOQUANT in gravites:
        return "attention", "À corriger", "crayon"
    if etape.a_confirmer:
        return "attention", "À confirmer", "crayon"
    return (
        ("attention", "À relire", "crayon")
        if rules.AVERTISSEMENT in gravites
        else ("ok", "Complet", "")
    )


def _tache(
    consultation: Consultation, cle: str, nom: str, controles: list[rules.Controle], *, ici: str
) -> Tache:
    url = adresse_de_la_tache(consultation, cle)
    gravites = {controle.gravite for controle in controles}
    if rules.BLOQUANT in gravites:
        commencee = rules.ACQUIS in gravites
        ton, mot, signe = ("cours", "En cours", "") if commencee else ("gris", "À faire", "")
    elif rules.AVERTISSEMENT in gravites:
        ton, mot, signe = "attention", "À relire", "crayon"
    else:
        ton, mot, signe = "ok", "Complet", ""
    return Tache(nom, ton, mot, url, signe, ici == cle)


def adresse_de_la_tache(consultation: Consultation, cle: str) -> str:
    """La page où un contrôle se corrige : une question de la préparation, ou une tâche d'ici."""
    if cle in (*INTITULES, "verifier"):
        nom = "cles" if cle == "cles" else f"preparer_{cle}"
        return reverse(f"consultations:{nom}", args=(consultation.reference,))
    return preparation().adresse_de_la_question(consultation, cle)
