"""Les étapes de la préparation, telles que la liste des tâches d'un brouillon les montre."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import Etape
from beffroi.preparation import queries
from beffroi.preparation.ecrans import ECRANS
from beffroi.preparation.panneau import panneau as ce_qui_se_deduit


def etapes(consultation: Consultation, *, le: datetime) -> tuple[Etape, ...]:
    """Une étape par question : répondue, ou à faire."""
    preparation = queries.preparation_de(consultation)
    reponses = queries.reponses_de(preparation)
    return tuple(
        Etape(
            cle=ecran.cle,
            nom=ecran.titre,
            faite=getattr(reponses, ecran.question) is not None,
            fautive=ecran.question in preparation.saisies,
            facultative=ecran.facultatif,
            url=reverse(f"preparation:{ecran.cle}", args=(consultation.reference,)),
        )
        for ecran in ECRANS.values()
    )


def panneau(consultation: Consultation, *, le: datetime) -> str:
    """Ce qui se déduit des réponses, rendu : les pages du dossier et des clés le montrent aussi."""
    contexte = {"panneau": ce_qui_se_deduit(consultation, le=le), "consultation": consultation}
    return render_to_string("preparation/panneau.html", contexte)


def adresse_de_la_question(consultation: Consultation, cle: str) -> str:
    return reverse(f"preparation:{cle}", args=(consultation.reference,))


def adresse_de_la_nouvelle() -> str:
    return reverse("preparation:nouvelle")
