"""La publicité d'une consultation : ce qui est dû, ce qui est écrit, ce qui est parti."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.publicite.avis import ecrans, queries, services
from beffroi.publicite.avis.forms import CoordonneesForm
from beffroi.publicite.avis.permissions import ACTES
from beffroi.publicite.avis.queries.contenu import coordonnees_deduites
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import saisie
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


def pour(request: HttpRequest, reference: str, acte: str) -> Consultation:
    return consultation_pour(request.user, reference, acte, maintenant(), table=ACTES)


def peut(request: HttpRequest, consultation: Consultation, acte: str) -> bool:
    return permet(
        habilitation_dans(request.user, consultation.organisme, maintenant()), acte, ACTES
    )


@lecture()
def page(
    request: HttpRequest, gabarit: str, consultation: Consultation, **contexte: Any
) -> HttpResponse:
    """Une page de la publicité ;
    avec les tâches de la préparation tant que rien n'est publié. 422 à corriger.
    """
    brouillon = consultation.etat in NON_PUBLIEES
    form = contexte.get("form")
    return render(
        request,
        f"avis/{gabarit}.html",
        {
            "consultation": consultation,
            "taches": taches(consultation, maintenant(), ici="publicite") if brouillon else [],
            # Ces pages disent déjà la publicité déduite : le panneau la répéterait.
            "panneau": "",
            "brouillon": brouillon,
            "morceau": f"avis/_{gabarit}.html",
            **contexte,
        },
        status=422 if form is not None and form.errors else 200,
    )


@connexion_requise
@require_safe
@lecture()
def publicite(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = pour(request, reference, "voir")
    return page(
        request,
        "publicite",
        consultation,
        peut_ecrire=peut(request, consultation, "ecrire"),
        peut_noter=peut(request, consultation, "noter_les_coordonnees"),
        **ecrans.publicite(consultation, le=maintenant()),
    )


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def coordonnees(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = pour(request, reference, "noter_les_coordonnees")
    actuelles = queries.coordonnees_de(consultation.organisme)
    deduites = coordonnees_deduites(consultation, le=maintenant())
    form = CoordonneesForm(saisie(request), actuelles=actuelles, deduites=deduites)
    if form.is_bound and form.is_valid():
        services.noter_les_coordonnees(
            organisme=consultation.organisme,
            champs=form.champs(),
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "Ces coordonnées iront dans tous vos prochains avis.")
        return redirect("avis:publicite", reference)
    return page(request, "coordonnees", consultation, form=form)
