"""Répondre aux questions, une page chacune, et choisir autre chose que ce qui est proposé."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import MembreSansCoordonnees, membres_sans_coordonnees
from beffroi.achat.consultations.queries import (
    NON_PUBLIEES,
    consultation_pour,
    habilitation_pour_rediger,
)
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.achat.preparation import queries, services
from beffroi.achat.preparation.etapes import panneau
from beffroi.achat.preparation.forms.choix import ChoixForm
from beffroi.achat.preparation.forms.nature import NatureForm
from beffroi.achat.preparation.procedures_du_code import a_venir, facons_d_acheter
from beffroi.achat.preparation.questionnaire import (
    ECRANS,
    Ecran,
    rempli,
    repris,
    requete_de,
    vierge,
)
from beffroi.achat.preparation.reprise import a_confirmer
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import rendre
from beffroi.socle.guichet.champs.lignes import FormulaireAvecLignes
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


def a_preparer(request: HttpRequest, reference: str) -> Consultation:
    return consultation_pour(request.user, reference, "rediger", maintenant())


@lecture()
def page(
    request: HttpRequest, consultation: Consultation, ici: str, gabarit: str, **contexte: Any
) -> HttpResponse:
    """Une question, la liste des tâches et le panneau ; 422 quand la saisie est à corriger."""
    instant, form = maintenant(), contexte.get("form")
    return render(
        request,
        f"preparation/{gabarit}.html",
        {
            "consultation": consultation,
            "taches": taches(consultation, instant, ici=ici),
            "panneau": panneau(consultation, le=instant),
            "gabarit_des_champs": f"preparation/champs/{ici}.html",
            "en_texte": _nommes_en_texte(consultation, ici),
            **contexte,
        },
        status=422
        if form is not None and form.is_bound and form.errors and request.method == "POST"
        else 200,
    )


def saisie_de(request: HttpRequest) -> QueryDict | None:
    """Ce qui vient d'être envoyé, fût-ce vide ; rien quand la page s'affiche."""
    return request.POST if request.method == "POST" else None


def arretee(request: HttpRequest, organisme: Organisme) -> HttpResponse:
    """L'arrêt se dit avant la première question, et ce qui reste permis."""
    return render(request, "preparation/arretee.html", {"organisme": organisme})


@connexion_requise
@require_http_methods(["GET", "POST"])
def nouvelle(request: HttpRequest) -> HttpResponse:
    habilitation = habilitation_pour_rediger(request.user, maintenant())
    if request.method == "GET" and not habilitation.organisme.peut_creer_des_consultations:
        return arretee(request, habilitation.organisme)
    form = NatureForm(saisie_de(request))
    if request.method == "POST" and form.is_valid():
        consultation = services.commencer(
            organisme=habilitation.organisme,
            redigee_par=request.user,
            fiche=form.fiche(),
            nature=form.reponse(),
            maintenant=maintenant(),
        )
        return redirect("preparation:montant", consultation.reference)
    contexte = {"form": form, "organisme": habilitation.organisme, "ecran": ECRANS["achat"]}
    return rendre(request, "preparation/nouvelle.html", contexte)


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def question(request: HttpRequest, reference: str, cle: str) -> HttpResponse:
    consultation, ecran = a_preparer(request, reference), ECRANS[cle]
    if request.method == "POST":
        return _recevoir(request, consultation, ecran)
    # Publiée, elle change par des actes visibles :
    # rien de ce qui se taperait ici ne s'enregistrerait.
    if consultation.etat not in NON_PUBLIEES:
        return redirect("consultations:suivre", reference)
    return _montrer(request, consultation, ecran)


def _montrer(request: HttpRequest, consultation: Consultation, ecran: Ecran) -> HttpResponse:
    preparation = queries.preparation_de(consultation)
    saisie = preparation.saisies.get(ecran.question)
    form = (
        rempli(ecran, requete_de(saisie), consultation, le=maintenant())
        if saisie
        else vierge(ecran, consultation, preparation, le=maintenant())
    )
    reprise_de = a_confirmer(preparation, ecran.question)
    contexte = {"form": form, "ecran": ecran, "gardee": bool(saisie), "reprise_de": reprise_de}
    return page(request, consultation, ecran.cle, "question", **contexte)


def garder_la_saisie(request: HttpRequest, consultation: Consultation, question: str) -> None:
    services.garder_la_saisie(
        consultation=consultation,
        question=question,
        saisie=dict(request.POST.lists()),
        par=request.user.acteur,
        maintenant=maintenant(),
    )


def _nommes_en_texte(consultation: Consultation, ici: str) -> Sequence[MembreSansCoordonnees]:
    return (
        membres_sans_coordonnees(consultation, le=maintenant()) if ici == "particularites" else ()
    )


def avertir(request: HttpRequest, form: Any, *, des_membres: bool = False) -> bool:
    """Une réponse gardée qui ne suffira pas pour publier :
    le dire ici, avant de passer à la suite.
    """
    membres = "L'avis européen ne comptera pas tous les acheteurs." if des_membres else ""
    avertissement: str = getattr(form, "avertissement", membres)
    if avertissement:
        messages.warning(request, f"Votre réponse est gardée. {avertissement}")
    return bool(avertissement)


def _recevoir(request: HttpRequest, consultation: Consultation, ecran: Ecran) -> HttpResponse:
    form: Any
    if "ajouter" in request.POST and issubclass(ecran.formulaire, FormulaireAvecLignes):
        form = repris(ecran, request.POST, consultation, le=maintenant())
        return page(request, consultation, ecran.cle, "question", form=form, ecran=ecran)
    form = rempli(ecran, request.POST, consultation, le=maintenant())
    if not form.is_valid():
        garder_la_saisie(request, consultation, ecran.question)
        return page(request, consultation, ecran.cle, "question", form=form, ecran=ecran)
    services.repondre(
        consultation=consultation,
        reponse=form.reponse(queries.reponses_de(queries.preparation_de(consultation))),
        champs=form.champs(),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    consultation.refresh_from_db()
    if avertir(request, form, des_membres=bool(_nommes_en_texte(consultation, ecran.cle))):
        return redirect(f"preparation:{ecran.cle}", consultation.reference)
    suivant = (
        "consultations:preparer_pieces"
        if ecran.suivant == "pieces"
        else f"preparation:{ecran.suivant}"
    )
    return redirect(suivant, consultation.reference)


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def modifier(request: HttpRequest, reference: str, cle: str) -> HttpResponse:
    consultation = a_preparer(request, reference)
    preparation = queries.preparation_de(consultation)
    voies = queries.voies(
        preparation, cle, jour=queries.jour_de_reference(preparation, maintenant())
    )
    if not voies:
        raise Introuvable()
    form = ChoixForm(saisie_de(request), voies=voies, cle=cle)
    if request.method == "POST" and form.is_valid():
        services.choisir_autre_chose(
            consultation=consultation,
            cle=cle,
            **form.cleaned_data,
            par=request.user,
            maintenant=maintenant(),
        )
        return redirect("preparation:montant", reference)
    contexte = {"actuel": queries.choix_de(preparation).get(cle), "a_venir": a_venir(cle, voies)}
    return page(request, consultation, "montant", "modifier", form=form, **contexte)


@connexion_requise
@require_safe
@lecture()
def procedures(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = a_preparer(request, reference)
    return page(
        request,
        consultation,
        "montant",
        "procedures",
        facons_d_acheter=facons_d_acheter(consultation),
    )
