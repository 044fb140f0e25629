"""Au centre de gestion : retrouver une équipe, constater, révoquer, poster, rouvrir."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.comptes.queries import utilisateur_par_courriel
from beffroi.personnes.entreprises.rules import chiffres
from beffroi.personnes.niveaux import ecrans, queries, services
from beffroi.personnes.niveaux.forms import (
    LettreForm,
    MotifForm,
    PiecesForm,
    RechercheForm,
    ReouvertureForm,
)
from beffroi.personnes.niveaux.permissions import ACTES
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier


def _au_centre(request: HttpRequest, acte: str) -> None:
    """Pour qui n'est pas du centre, ces pages n'existent pas."""
    exiger_au_centre(request.user, acte, ACTES, maintenant())


@connexion_requise
@require_safe
@jamais_gardee
def equipes(request: HttpRequest) -> HttpResponse:
    _au_centre(request, "voir_les_equipes")
    form = RechercheForm(request.GET if "numero" in request.GET else None)
    numero = chiffres(form.cleaned_data["numero"]) if form.is_valid() else ""
    contexte = {
        "form": form,
        "numero": numero,
        "equipes": queries.equipes_du_numero(numero) if numero else [],
        "lettres": queries.lettres_a_poster(),
    }
    return rendre(request, "niveaux/centre/equipes.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def equipe(request: HttpRequest, reference: str) -> HttpResponse:
    _au_centre(request, "voir_les_equipes")
    vue = queries.equipe_du_centre(reference)
    contexte = {
        "vue": vue,
        "preuves": ecrans.lignes(vue.preuves, le=maintenant()),
        "lettre": queries.lettre_en_cours(vue.equipe),
    }
    return render(request, "niveaux/centre/equipe.html", contexte)


@reauthentification_recente
@formulaire
def prouver(request: HttpRequest, reference: str) -> HttpResponse:
    _au_centre(request, "prouver_sur_pieces")
    vue, form = queries.equipe_du_centre(reference), PiecesForm(saisie(request))
    acte = lambda: services.prouver_sur_pieces(  # noqa: E731
        equipe=vue.equipe,
        pieces=form.cleaned_data["pieces"],
        par=request.user,
        maintenant=maintenant(),
    )
    if fait(request, form, acte, "C'est établi. L'équipe en est prévenue.", champ="pieces"):
        return redirect("niveaux:equipe", reference)
    return rendre(request, "niveaux/centre/prouver.html", {"form": form, "vue": vue})


@reauthentification_recente
@formulaire
def rouvrir(request: HttpRequest, reference: str) -> HttpResponse:
    _au_centre(request, "rouvrir_une_equipe")
    vue, form = queries.equipe_du_centre(reference), ReouvertureForm(saisie(request))
    acte = lambda: services.rouvrir(  # noqa: E731
        equipe=vue.equipe,
        personne=utilisateur_par_courriel(form.cleaned_data["courriel"]),
        pieces=form.cleaned_data["pieces"],
        par=request.user,
        maintenant=maintenant(),
    )
    dit = "L'équipe est rouverte. Cette personne et celles d'avant en sont prévenues."
    if fait(request, form, acte, dit, champ="courriel"):
        return redirect("niveaux:equipe", reference)
    return rendre(request, "niveaux/centre/rouvrir.html", {"form": form, "vue": vue})


@reauthentification_recente
@formulaire
def revoquer(request: HttpRequest, reference: str) -> HttpResponse:
    _au_centre(request, "revoquer_une_preuve")
    preuve, form = queries.preuve_pour(reference), MotifForm(saisie(request))
    acte = lambda: services.revoquer(  # noqa: E731
        preuve=preuve,
        motif=form.cleaned_data["motif"],
        par=request.user,
        maintenant=maintenant(),
    )
    if fait(request, form, acte, "La preuve est révoquée. L'équipe lit pourquoi.", champ="motif"):
        return redirect("niveaux:equipe", preuve.equipe.reference)
    return rendre(request, "niveaux/centre/revoquer.html", {"form": form, "preuve": preuve})


@reauthentification_recente
@formulaire
@jamais_gardee
def poster(request: HttpRequest, reference: str) -> HttpResponse:
    """Imprimer la lettre : le code n'est que sur elle."""
    _au_centre(request, "poster_une_lettre")
    demandee = queries.lettre_pour(reference)
    initiale = {"adresse": demandee.adresse or demandee.equipe.adresse}
    form = LettreForm(saisie(request), initial=initiale)
    if form.is_valid():
        with refus_dans(form, "adresse"):
            imprimee = services.imprimer_la_lettre(
                demandee=demandee,
                adresse=form.cleaned_data["adresse"],
                par=request.user,
                maintenant=maintenant(),
            )
            return rendre_un_fichier(imprimee.pdf, imprimee.nom)
    return rendre(request, "niveaux/centre/poster.html", {"form": form, "lettre": demandee})


@connexion_requise
@formulaire
def refuser(request: HttpRequest, reference: str) -> HttpResponse:
    _au_centre(request, "poster_une_lettre")
    demandee, form = queries.lettre_pour(reference), MotifForm(saisie(request))
    acte = lambda: services.refuser_la_lettre(  # noqa: E731
        demandee=demandee,
        motif=form.cleaned_data["motif"],
        par=request.user,
        maintenant=maintenant(),
    )
    if fait(request, form, acte, "La lettre ne part pas. L'équipe lit pourquoi.", champ="motif"):
        return redirect("niveaux:equipes")
    return rendre(request, "niveaux/centre/refuser.html", {"form": form, "lettre": demandee})
