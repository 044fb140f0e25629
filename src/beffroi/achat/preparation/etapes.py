"""Les étapes de la préparation, telles que la liste des tâches d'un brouillon les montre."""

from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import Etape
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.queries.panneau import panneau as ce_qui_se_deduit
from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.achat.preparation.reprise import pages_a_confirmer, reprise_affichee
from droit.achat import ACCES_A_L_OUTIL


def etapes(consultation: Consultation, *, le: datetime) -> tuple[Etape, ...]:
    """Une étape par question : répondue, ou à faire."""
    preparation = queries.preparation_de(consultation)
    reponses = queries.reponses_de(preparation)
    a_confirmer = pages_a_confirmer(consultation, preparation)
    return tuple(
        Etape(
            cle=ecran.cle,
            nom=ecran.titre,
            faite=getattr(reponses, ecran.question) is not None,
            fautive=ecran.question in preparation.saisies,
            facultative=ecran.facultatif,
            a_confirmer=any(page.tache == ecran.cle for page in a_confirmer),
            url=reverse(f"preparation:{ecran.cle}", args=(consultation.reference,)),
        )
        for ecran in ECRANS.values()
    )


def panneau(consultation: Consultation, *, le: datetime) -> str:
    """Ce qui se déduit des réponses, rendu : les pages du dossier et des clés le montrent aussi."""
    contexte = {
        "panneau": ce_qui_se_deduit(consultation, le=le),
        "consultation": consultation,
        "reprise": reprise_affichee(consultation, queries.preparation_de(consultation), le=le),
    }
    return render_to_string("preparation/panneau.html", contexte)


def hors_profil(consultation: Consultation) -> str:
    """Pour la page publique :
    ce qui n'est pas en ligne et comment l'obtenir, l'outil exigé et qui le donne ; vide sinon.
    """
    achat = queries.achat_de(consultation, le=consultation.publiee_le or consultation.creee_le)
    if not achat.documents_hors_profil and not achat.outils_particuliers:
        return ""
    contexte = {
        "documents": achat.documents_hors_profil,
        "outils": [(outil, ACCES_A_L_OUTIL[outil.acces]) for outil in achat.outils_particuliers],
    }
    return render_to_string("preparation/hors_profil.html", contexte)


def reste_a_confirmer(consultation: Consultation) -> list[tuple[str, str]]:
    """Pour la page « Vérifier » :
    chaque réponse reprise d'ailleurs et non relue, et la tâche où la confirmer.
    """
    preparation = queries.preparation_de(consultation)
    return [
        (page.tache, f"« {page.nom} » est repris de {preparation.reprise_de} et reste à confirmer.")
        for page in pages_a_confirmer(consultation, preparation)
    ]


def adresse_de_la_question(consultation: Consultation, cle: str) -> str:
    return reverse(f"preparation:{cle}", args=(consultation.reference,))


def adresse_de_la_nouvelle() -> str:
    return reverse("preparation:nouvelle")
