"""« Mon entreprise » : les questions posées, et ce qu'il en est."""

from datetime import datetime

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.ports import Element, Rubrique
from beffroi.publicite.questions.ecrans import etat_pour_son_auteur
from beffroi.publicite.questions.queries import visibles_de
from formats import dates

# Ce que « Mon entreprise » en montre ; le reste est sur sa propre page.
LIGNES = 5


def questions(membre: Membre, *, le: datetime) -> Rubrique:
    elements = []
    for question in visibles_de(membre.utilisateur)[:LIGNES]:
        ton, mot, _ = etat_pour_son_auteur(question)
        precision = f"{question.consultation.titre}, reçue le {dates.jour(question.recue_le)}"
        elements.append(
            Element(
                f"Question {question.reference}",
                f"/questions/{question.reference}/",
                precision,
                ton,
                mot,
            )
        )
    vide = "Vous n'avez posé aucune question. Elle se pose depuis la page d'une consultation."
    return Rubrique(
        "questions", "Vos questions", "/questions/", "Toutes vos questions", elements, vide
    )
