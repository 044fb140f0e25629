"""Les choix, lot par lot :
où l'on en est, décider, renoncer, valider, et l'attente pour un agenda.
"""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import ecrans, queries, services
from beffroi.choix.attribution.forms import AttribuerForm, RenoncerForm, RenvoiForm
from beffroi.choix.attribution.forms_a_plusieurs import AttribuerAPlusieursForm
from beffroi.choix.attribution.models import Attribution
from beffroi.choix.attribution.permissions import ACTES
from beffroi.choix.attribution.queries import classement
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture, lecture
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.agenda import en_icalendar


def page(
    request: HttpRequest,
    gabarit: str,
    consultation: Consultation,
    *,
    fautif: bool = False,
    **contexte: Any,
) -> HttpResponse:
    habilitation = habilitation_dans(request.user, consultation.organisme, maintenant())
    droits = {
        f"peut_{acte}": permet(habilitation, acte, ACTES)
        for acte in ("attribuer", "notifier_les_choix")
    }
    form = contexte.get("form")
    fautive = fautif or (isinstance(form, forms.Form) and form.errors)
    contexte = {"consultation": consultation, **droits, **contexte}
    return render(request, f"attribution/{gabarit}.html", contexte, status=422 if fautive else 200)


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def lots(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_attributions", le=maintenant()
    )
    return page(request, "lots", consultation, **ecrans.lots(consultation, le=maintenant()))


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def decider(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    """Retenir une offre ; remplacer ce qui a été décidé, si quelque chose l'a été."""
    consultation = queries.consultation_pour(request.user, reference, "attribuer", le=maintenant())
    ligne = queries.attribution_de(consultation, lot or None, le=maintenant())
    annonces = queries.titulaires_annonces(consultation, le=maintenant())
    form = formulaire_du_choix(request, consultation, ligne, annonces)
    if form.is_valid() and inscrire(request, consultation, ligne, form, services.attribuer):
        return redirect("attribution:lots", reference)
    commission = ecrans.commission(consultation, ligne.lot)
    contexte = {
        "form": form,
        "ligne": ligne,
        "lot": lot,
        "commission": commission,
        "annonces": annonces,
    }
    return page(request, "decider", consultation, **contexte)


def formulaire_du_choix(
    request: HttpRequest,
    consultation: Consultation,
    ligne: queries.LotAttribue,
    annonces: int | None,
) -> AttribuerForm | AttribuerAPlusieursForm:
    """Plusieurs titulaires si la consultation l'annonce ;
    si elle n'en dit rien, si la personne le demande.
    """
    commun: dict[str, Any] = {
        "actuelle": ligne.attribution,
        "offres": ligne.offres,
        "places": classement.classement_de(consultation, ligne.lot),
    }
    deja = ligne.attribution is not None and ligne.attribution.titulaires_prevus is not None
    if (annonces or 1) > 1 or (
        annonces is None and (deja or request.GET.get("titulaires") == "plusieurs")
    ):
        return AttribuerAPlusieursForm(saisie(request), annonces=annonces, **commun)
    return AttribuerForm(saisie(request), **commun)


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def renoncer(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    """N'attribuer à personne : infructueux, ou sans suite."""
    consultation = queries.consultation_pour(request.user, reference, "attribuer", le=maintenant())
    ligne = queries.attribution_de(consultation, lot or None, le=maintenant())
    form = RenoncerForm(saisie(request), actuelle=ligne.attribution)
    if form.is_valid() and inscrire(request, consultation, ligne, form, services.renoncer):
        return redirect("attribution:lots", reference)
    return page(request, "renoncer", consultation, form=form, ligne=ligne, lot=lot)


def inscrire(
    request: HttpRequest,
    consultation: Consultation,
    ligne: queries.LotAttribue,
    form: Any,
    acte: Any,
) -> bool:
    """L'acte, ou son refus dans le formulaire : ce qui était tapé n'est pas perdu."""
    projet = partial(
        acte,
        consultation=consultation,
        lot=ligne.lot,
        projet=form.projet(),
        par=request.user,
        maintenant=maintenant(),
        remplacement=form.remplacement(),
    )
    a_deux = consultation.organisme.publication_a_deux
    suite = "Une autre personne doit la valider." if a_deux else "Préparez maintenant les lettres."
    return fait(request, form, projet, f"Votre décision est inscrite. {suite}")


@jamais_gardee
@reauthentification_recente
@require_POST
def valider(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    attribution = proposition(request, reference, lot)
    if request.POST.get("vue", "") != attribution.reference:
        raise ConflitEtat(
            "La proposition a changé depuis que vous l'avez lue. Rechargez la page, puis validez."
        )
    services.valider(attribution=attribution, par=request.user, maintenant=maintenant())
    messages.success(request, "La décision est validée. Préparez maintenant les lettres.")
    return redirect("attribution:lots", reference)


@jamais_gardee
@connexion_requise
@formulaire
def rendre(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    attribution = proposition(request, reference, lot)
    form = RenvoiForm(saisie(request))
    if form.is_valid():
        motif = form.cleaned_data["motif"]
        services.rendre(
            attribution=attribution, motif=motif, par=request.user, maintenant=maintenant()
        )
        messages.success(request, "La proposition est rendue, avec votre explication.")
        return redirect("attribution:lots", reference)
    return page(
        request, "rendre", attribution.consultation, form=form, attribution=attribution, lot=lot
    )


def proposition(request: HttpRequest, reference: str, lot: int) -> Attribution:
    consultation = queries.consultation_pour(request.user, reference, "attribuer", le=maintenant())
    ligne = queries.attribution_de(consultation, lot or None, le=maintenant())
    attendue = ligne.proposition or ligne.attribution
    if attendue is None:
        raise Introuvable()
    return attendue


@jamais_gardee
@connexion_requise
@require_safe
def agenda(request: HttpRequest, reference: str) -> HttpResponse:
    """Le premier jour de signature de chaque lot, pour un agenda."""
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_attributions", le=maintenant()
    )
    octets = en_icalendar(*ecrans.echeances(consultation, le=maintenant()))
    return rendre_un_fichier(octets, f"signature-{consultation.reference}.ics")
