"""Préparer l'ouverture d'une consultation, et lire ce qui a été ouvert."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.seance.ouverture import ecrans, ports, queries, services
from beffroi.seance.ouverture.forms import ComplementForm, PreparationForm, RecouvrementForm
from beffroi.seance.ouverture.identites import identifier
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.telechargements import en_piece_jointe


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def preparation(request: HttpRequest, reference: str) -> HttpResponse:
    """Les préalables ; préparer la séance."""
    le = maintenant()
    acte = "preparer_la_seance" if request.method == "POST" else "voir_la_seance"
    consultation = queries.consultation_pour(request.user, reference, acte, le=le)
    donnees = saisie(request)
    form = PreparationForm(
        donnees, consultation=consultation, initial={"presidence": request.user.reference}
    )
    if form.is_valid():
        presidence = form.membres[form.cleaned_data["presidence"]]
        seance = services.preparer_seance(
            consultation=consultation, presidee_par=presidence, par=request.user, maintenant=le
        )
        return redirect("ouverture:seance", seance.reference)
    contexte = ecrans.preparation(consultation, request.user, le=le)
    return render(
        request,
        "ouverture/acheteur/preparation.html",
        {**contexte, "form": form},
        status=_statut(form),
    )


def _statut(form: PreparationForm) -> int:
    return 422 if form.errors else 200


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def recouvrement(request: HttpRequest, reference: str) -> HttpResponse:
    """Le recours aux gardiens : sur demande écrite, annoncé à chaque entreprise."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "preparer_la_seance", le=le)
    form = RecouvrementForm(saisie(request), consultation=consultation)
    if form.is_valid():
        seance = services.preparer_seance(
            consultation=consultation,
            presidee_par=form.membres[form.cleaned_data["presidence"]],
            par=request.user,
            maintenant=le,
            demande_aux_gardiens=form.cleaned_data["demande"],
        )
        return redirect("ouverture:seance", seance.reference)
    contexte = {**ecrans.preparation(consultation, request.user, le=le), "form": form}
    return render(request, "ouverture/acheteur/recouvrement.html", contexte, status=_statut(form))


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def complement(request: HttpRequest, reference: str) -> HttpResponse:
    """Ouvrir, en le motivant, une réponse qui ne l'a pas été."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "preparer_la_seance", le=le)
    contexte = ecrans.preparation(consultation, request.user, le=le)
    donnees = saisie(request)
    form = ComplementForm(donnees, consultation=consultation, plis=contexte["plis_fermes"])
    if form.is_valid():
        seance = services.preparer_seance(
            consultation=consultation,
            presidee_par=form.membres[form.cleaned_data["presidence"]],
            par=request.user,
            maintenant=le,
            justification=form.cleaned_data["justification"],
            plis=[form.plis_fermes[pli] for pli in form.cleaned_data["plis"]],
        )
        return redirect("ouverture:seance", seance.reference)
    return render(
        request,
        "ouverture/acheteur/complement.html",
        {**contexte, "form": form},
        status=_statut(form),
    )


@jamais_gardee
@connexion_requise
@require_safe
def plis_ouverts(request: HttpRequest, reference: str) -> HttpResponse:
    """Les fichiers ouverts, enveloppe par enveloppe."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "lire_les_plis", le=le)
    surveilles = ecrans.fichiers_surveilles(consultation, le=le)
    ouverts = list({ouverture.pli_id: ouverture.pli for ouverture, _, _ in surveilles}.values())
    contexte = {
        "consultation": consultation,
        "ouvertures": surveilles,
        "identifies": identifier(ouverts, le=le),
    }
    return render(request, "ouverture/acheteur/plis_ouverts.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def fichier_ouvert(request: HttpRequest, fichier: str) -> HttpResponseBase:
    """Un fichier en clair : toujours en pièce jointe, jamais affiché ici ;
    rien d'un fichier en quarantaine.
    """
    le = maintenant()
    ouvert = queries.fichier_ouvert_pour(request.user, fichier, le=le)
    surveillance = ports.surveillance_des_fichiers([ouvert], le=le)[ouvert.pk]
    if surveillance.retenu:
        contexte = {
            "fichier": ouvert,
            "surveillance": surveillance,
            "consultation": ouvert.ouverture.seance.consultation,
        }
        return render(request, "ouverture/acheteur/fichier_retenu.html", contexte, status=409)
    adresse = stockage().adresse_de_lecture(ouvert.cle_de_stockage, ouvert.nom)
    if adresse:
        return HttpResponseRedirect(adresse)
    return en_piece_jointe(
        stockage().lire(ouvert.cle_de_stockage), nom=ouvert.nom, taille=ouvert.taille
    )
