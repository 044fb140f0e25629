"""Le gestionnaire règle le tarif :
les grilles et leurs versions, les choix que la convention laisse ouverts.
"""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.contributions import calcul, queries, reglages
from beffroi.centre.contributions.forms import ChoixForm, GrilleForm, grille_proposee
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import tarif as services
from beffroi.centre.tarif.rules.parametres import QUESTIONS
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from formats.dates import PARIS


@connexion_requise
@require_safe
def grilles(request: HttpRequest) -> HttpResponse:
    habilitation = exiger_au_centre(request.user, "voir_les_contributions", ACTES, maintenant())
    contexte = {
        "grilles": reglages.versions(queries.grilles()),
        "permis": queries.permis(habilitation),
    }
    return render(request, "contributions/grilles.html", contexte)


@connexion_requise
@formulaire
def garder_une_grille(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "regler_le_tarif", ACTES, le)
    annee = le.astimezone(PARIS).year + 1
    en_cours = queries.grille_au(date(annee, 1, 1))
    initial = grille_proposee(annee, calcul.tarif(en_cours) if en_cours else None)
    form = GrilleForm(saisie(request), initial=initial)
    if form.is_valid():
        with refus_dans(form):
            grille = services.adopter_une_grille(
                tarif=form.tarif(),
                deliberation=form.acte(),
                effet=form.effet(),
                par=request.user,
                maintenant=le,
            )
            messages.success(
                request,
                f"La grille est gardée. Elle vaut à partir du 1er janvier {grille.effet.year}.",
            )
            return redirect("contributions:grilles")
    return rendre(request, "contributions/garder_une_grille.html", {"form": form})


@connexion_requise
@require_safe
def choix(request: HttpRequest) -> HttpResponse:
    """Chaque question que la convention laisse ouverte,
    sa réponse d'aujourd'hui, et celles d'avant.
    """
    le = maintenant()
    habilitation = exiger_au_centre(request.user, "voir_les_contributions", ACTES, le)
    jour = le.astimezone(PARIS).date()
    contexte = {
        "questions": reglages.questions(queries.choix_gardes(), queries.parametres_au(jour)),
        "permis": queries.permis(habilitation),
    }
    return render(request, "contributions/choix.html", contexte)


@connexion_requise
@formulaire
def choisir(request: HttpRequest, cle: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "regler_le_tarif", ACTES, le)
    if cle not in QUESTIONS:
        raise Introuvable()
    form = ChoixForm(saisie(request), cle=cle)
    if form.is_valid():
        services.choisir(cle=cle, **form.cleaned_data, par=request.user, maintenant=le)
        messages.success(request, "La réponse est gardée. Un appel déjà figé garde les siennes.")
        return redirect("contributions:choix")
    contexte = {"form": form, "question": QUESTIONS[cle]}
    return rendre(request, "contributions/choisir.html", contexte)
