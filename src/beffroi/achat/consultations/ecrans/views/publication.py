"""Vérifier, faire relire, publier : l'acte se dit sur sa propre page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.consultations import queries, services
from beffroi.achat.consultations.ecrans.forms import ProgrammationForm, RenvoiForm
from beffroi.achat.consultations.ecrans.views.brouillon import page
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import (
    attente_du_joue,
    avis_dus,
    controles_de_l_achat,
    liens_du_brouillon,
    publicite_de,
)
from beffroi.achat.consultations.queries import presentation
from beffroi.achat.consultations.queries.taches_du_brouillon import points_a_regler
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.consultations.states import Etat
from beffroi.achat.consultations.views.public import secret_de
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import refus_dans, rendre
from beffroi.socle.guichet.lecture import lecture
from formats.dates import jour_et_heure

PUBLIEE = {
    False: "La consultation est publiée. Tout le monde peut la lire.",
    True: "L'invitation est partie à tous les titulaires. Eux seuls peuvent la lire.",
}


@connexion_requise
@require_safe
@lecture()
def verifier(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    if consultation.etat not in queries.NON_PUBLIEES:
        return redirect("consultations:suivre", reference)
    return _page_de_verification(request, consultation, RenvoiForm())


def _page_de_verification(
    request: HttpRequest, consultation: Consultation, renvoi: RenvoiForm
) -> HttpResponse:
    annonce = _annonce(consultation)
    instant = maintenant()
    points = [
        point
        for point in points_a_regler(consultation, instant)
        if point[0] not in annonce["avis_dus"]
    ]
    controles = rules.controles(queries.faits_de_publication(consultation, instant))
    return page(
        request,
        "verifier",
        consultation,
        "verifier",
        bloquants=[point for point in points if point[0].gravite == rules.BLOQUANT],
        avertissements=[point for point in points if point[0].gravite == rules.AVERTISSEMENT],
        acquis=[controle for controle in controles if controle.gravite == rules.ACQUIS],
        liens=liens_du_brouillon(consultation),
        form=renvoi,
        **_a_deux(request, consultation),
        **annonce,
    )


def _a_deux(request: HttpRequest, consultation: Consultation) -> dict[str, Any]:
    """Cette personne peut-elle publier, est-ce elle qui a rédigé, et sinon qui le peut."""
    return {
        "seul": _peut_publier(request, consultation),
        "redige": request.user == consultation.redigee_par,
        "valideurs": queries.autres_publieurs(consultation, maintenant()),
    }


def _peut_publier(request: HttpRequest, consultation: Consultation) -> bool:
    decision = rules.peut_publier(
        a_deux=consultation.organisme.publication_a_deux,
        redacteur=consultation.redigee_par.reference,
        publieur=request.user.reference,
    )
    return decision.favorable


@connexion_requise
@require_http_methods(["GET", "POST"])
def publier(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    if request.method == "POST":
        controles_de_l_achat(
            consultation, le=maintenant()
        )  # le règlement se lit hors de la transaction de l'acte
        services.publier_consultation(
            consultation=consultation, par=request.user.acteur, maintenant=maintenant()
        )
        messages.success(request, PUBLIEE[consultation.est_reservee])
        return redirect("consultations:suivre", reference)
    return _page_de_publication(request, consultation, ProgrammationForm())


@lecture()
def _page_de_publication(
    request: HttpRequest, consultation: Consultation, form: ProgrammationForm
) -> HttpResponse:
    decision = rules.peut_etre_publiee(queries.faits_de_publication(consultation, maintenant()))
    if consultation.etat not in queries.NON_PUBLIEES or not decision.favorable:
        return redirect("consultations:preparer_verifier", consultation.reference)
    contexte = {
        "consultation": consultation,
        "documents": presentation.documents_en_vigueur(consultation),
        "membres": queries.membres_de(consultation),
        "moments": secret_de(consultation),
        **_a_deux(request, consultation),
        "programmee": consultation.etat == Etat.PROGRAMMEE,
        "form": form,
        **_annonce(consultation),
    }
    return rendre(request, "atelier/publier.html", contexte)


def _annonce(consultation: Consultation) -> dict[str, Any]:
    """Ce que le JOUE fait attendre ici, l'avis national qui manque, et la page où ils avancent."""
    return {
        "joue": attente_du_joue(consultation, maintenant=maintenant()),
        "publicite": publicite_de(consultation, le=maintenant()),
        "avis_dus": avis_dus(consultation, le=maintenant()),
    }


@connexion_requise
@require_POST
def programmer(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    form = ProgrammationForm(request.POST)
    if not form.is_valid() or not _programmee(request, consultation, form):
        return _page_de_publication(request, consultation, form)
    heure = jour_et_heure(form.cleaned_data["heure_dite"])
    messages.success(request, f"La publication est prévue le {heure}. Vous recevrez un courriel.")
    return redirect("consultations:preparer", reference)


def _programmee(request: HttpRequest, consultation: Consultation, form: ProgrammationForm) -> bool:
    """Programme ; une heure que la loi refuse revient au champ,
    avec sa raison, et se corrige là.
    """
    heure_dite = form.cleaned_data["heure_dite"]
    controles_de_l_achat(
        consultation, le=heure_dite
    )  # le règlement se lit hors de la transaction de l'acte
    with refus_dans(form, "heure_dit"):
        services.programmer_la_publication(
            consultation=consultation,
            prevue_le=heure_dite,
            par=request.user,
            maintenant=maintenant(),
        )
        return True
    return False


@connexion_requise
@require_POST
def deprogrammer(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    services.annuler_la_programmation(
        consultation=consultation, par=request.user.acteur, maintenant=maintenant()
    )
    messages.info(
        request, "La publication n'est plus programmée. La consultation se modifie de nouveau."
    )
    return redirect("consultations:preparer_verifier", reference)


@connexion_requise
@require_POST
def soumettre(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "rediger", maintenant())
    services.soumettre_a_relecture(
        consultation=consultation, par=request.user, maintenant=maintenant()
    )
    messages.info(
        request, "La validation est demandée. Les personnes qui peuvent publier en sont prévenues."
    )
    return redirect("consultations:preparer", reference)


@connexion_requise
@require_POST
def reprendre(request: HttpRequest, reference: str) -> HttpResponse:
    """Qui a rédigé reprend son brouillon ; une autre personne le rend, en disant quoi corriger."""
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    form, motif = RenvoiForm(request.POST), ""
    if request.user != consultation.redigee_par:
        if not form.is_valid():
            return _page_de_verification(request, consultation, form)
        motif = form.cleaned_data["motif"]
        messages.info(
            request, f"Le brouillon est rendu à {consultation.redigee_par}, avec vos mots."
        )
    services.reprendre_le_brouillon(
        consultation=consultation, par=request.user, motif=motif, maintenant=maintenant()
    )
    return redirect("consultations:preparer", reference)
