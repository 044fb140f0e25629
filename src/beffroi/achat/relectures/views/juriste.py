"""La relecture vue du juriste :
la file, le texte et ses remarques, l'avis, la bibliothèque, les mesures.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.relectures import queries, rapport, services
from beffroi.achat.relectures.forms import AvisForm, CommentaireForm, ModeleForm
from beffroi.achat.relectures.models import Relecture
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer


@connexion_requise
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    contexte = {
        "ouvertes": queries.file_des_relectures(),
        "rendues": queries.rendues()[:20],
        "maintenant": maintenant(),
    }
    return render(request, "relectures/file.html", contexte)


@connexion_requise
@require_safe
def relire(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    return _page(request, lue, commentaire=CommentaireForm(), avis=AvisForm())


def _page(request: HttpRequest, relecture: Relecture, **formulaires: Any) -> HttpResponse:
    fautif = any(form.errors for form in formulaires.values())
    contexte = {
        "relecture": relecture,
        "consultation": relecture.consultation,
        "modeles": queries.modeles(),
        "maintenant": maintenant(),
        **rapport.pour_l_ecran(relecture),
        **formulaires,
    }
    return render(request, "relectures/relire.html", contexte, status=422 if fautif else 200)


@connexion_requise
@require_POST
def prendre(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    services.prendre_la_relecture(relecture=lue, par=request.user, maintenant=maintenant())
    return redirect("relectures:relire", relecture)


@connexion_requise
@require_POST
def commenter(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    form = CommentaireForm(request.POST, paragraphes=queries.numeros_de_paragraphes(lue))
    if not form.is_valid():
        return _page(request, lue, commentaire=form, avis=AvisForm())
    services.commenter(
        relecture=lue,
        texte=form.cleaned_data["texte"],
        paragraphe=form.cleaned_data["paragraphe"],
        par=request.user,
        maintenant=maintenant(),
    )
    return redirect("relectures:relire", relecture)


@connexion_requise
@formulaire
def effacer(request: HttpRequest, relecture: str, commentaire: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    remarque = queries.commentaire_de(lue, commentaire)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Effacer cette remarque ?",
                (f"« {remarque.texte} »", "L'acheteur ne la lira pas."),
                "Son texte ne revient pas : il faudra l'écrire de nouveau.",
                "Effacer cette remarque",
                reverse("relectures:relire", args=(relecture,)),
                "La garder",
            ),
        )
    services.effacer_le_commentaire(
        commentaire=remarque, par=request.user.acteur, maintenant=maintenant()
    )
    return redirect("relectures:relire", relecture)


@connexion_requise
@require_POST
def rendre(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    form = AvisForm(request.POST)
    if not form.is_valid():
        return _page(request, lue, commentaire=CommentaireForm(), avis=form)
    services.rendre_l_avis(
        relecture=lue, **form.cleaned_data, par=request.user, maintenant=maintenant()
    )
    messages.success(request, "L'avis est rendu. L'acheteur le lit, et le reçoit par courriel.")
    return redirect("relectures:file")


@connexion_requise
@require_http_methods(["GET", "POST"])
def modeles(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    form = ModeleForm(saisie(request))
    if form.is_bound and form.is_valid():
        services.garder_le_modele(**form.propre(), par=request.user, maintenant=maintenant())
        return redirect("relectures:modeles")
    contexte = {"modeles": queries.modeles(), "form": form}
    return render(request, "relectures/modeles.html", contexte, status=422 if form.errors else 200)


@connexion_requise
@formulaire
def retirer_modele(request: HttpRequest, modele: int) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    trouve = queries.modele_par_cle(modele)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Retirer « {trouve.titre} » de la bibliothèque ?",
                (
                    f"« {trouve.texte} »",
                    "Aucun juriste du centre ne pourra plus la reprendre. Les avis rendus restent.",
                ),
                "Son texte ne revient pas : il faudra l'écrire de nouveau.",
                "Retirer cette remarque",
                reverse("relectures:modeles"),
                "La garder",
            ),
        )
    services.retirer_le_modele(modele=trouve, par=request.user.acteur, maintenant=maintenant())
    return redirect("relectures:modeles")


@connexion_requise
@require_safe
def mesures(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    return render(request, "relectures/mesures.html", {"mesures": queries.mesures()})
