"""Chez l'adhérent : demander son archive, la télécharger,
en accuser réception, lire ce qui vient d'ailleurs.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.garde.restitution import ecrans, queries, services
from beffroi.garde.restitution.forms import ReceptionForm
from beffroi.garde.restitution.models import FichierRepris
from beffroi.garde.restitution.reste import ce_qui_reste
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import servir

ACCUEIL = "restitution:accueil"


@connexion_requise
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    contexte = {
        "organismes": ecrans.par_organisme(queries.organismes_de(request.user, maintenant()))
    }
    return render(request, "restitution/accueil.html", contexte)


@connexion_requise
@require_POST
def demander(request: HttpRequest, siret: str) -> HttpResponse:
    le = maintenant()
    organisme = queries.organisme_pour(request.user, siret, "demander_la_restitution", le)
    services.demander(organisme=organisme, par=request.user, maintenant=le)
    messages.success(request, "L'archive se prépare. Cette page dit où elle en est.")
    return redirect(ACCUEIL)


@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """L'archive, entière ou par la suite d'un envoi coupé."""
    rendue = queries.restitution_pour(
        request.user, reference, "demander_la_restitution", maintenant()
    )
    if not rendue.cle_de_stockage:
        raise ConflitEtat(
            "Cette archive n'est pas prête : la page des archives rendues dit où elle en est."
        )
    if queries.effacees([rendue]):
        raise ConflitEtat(
            "Cette archive est effacée d'ici avec ce qu'elle contenait : "
            "vous en avez accusé réception."
        )
    return servir(
        request,
        cle=rendue.cle_de_stockage,
        nom=rendue.nom,
        taille=rendue.taille or 0,
        etiquette=f'"{rendue.sha256}"',
    )


@connexion_requise
@jamais_gardee
@formulaire
def recevoir(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    rendue = queries.restitution_pour(request.user, reference, "accuser_reception", le)
    form = ReceptionForm(saisie(request))

    def acte() -> object:
        lue = form.cleaned_data["empreinte"]
        return services.accuser_reception(
            restitution=rendue, empreinte=lue, par=request.user, maintenant=le
        )

    if fait(request, form, acte, "Vous avez accusé réception de l'archive."):
        return redirect(ACCUEIL)
    return rendre(request, "restitution/recevoir.html", {"form": form, "rendue": rendue})


@reauthentification_recente
@jamais_gardee
@formulaire
def effacer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qui a été rendu peut s'effacer d'ici : le bordereau s'établit, et part au visa."""
    le = maintenant()
    rendue = queries.restitution_pour(request.user, reference, "faire_effacer", le)
    if request.method == "POST":
        bordereau = services.faire_effacer(restitution=rendue, par=request.user, maintenant=le)
        messages.success(
            request, "Le bordereau est établi. Rien n'est effacé avant le visa des archives."
        )
        return redirect("archives:bordereau", bordereau.reference)
    return render(request, "restitution/effacer.html", {"rendue": rendue, "reste": ce_qui_reste()})


@connexion_requise
@require_safe
def reprise(request: HttpRequest, reference: str) -> HttpResponse:
    """Les consultations passées sur une autre plateforme."""
    lue = queries.reprise_pour(request.user, reference, maintenant())
    contexte = {
        "reprise": lue,
        "consultations": lue.consultations.all(),
        "pieces": lue.pieces.all(),
    }
    return render(request, "restitution/reprise.html", contexte)


@connexion_requise
@require_safe
def consultation(request: HttpRequest, reference: str, consultation: str) -> HttpResponse:
    lue = queries.consultation_reprise(
        queries.reprise_pour(request.user, reference, maintenant()), consultation
    )
    return render(request, "restitution/consultation.html", ecrans.consultation_reprise(lue))


@connexion_requise
@require_safe
def piece(request: HttpRequest, reference: str, consultation: str, rang: int) -> HttpResponseBase:
    return _servie(
        request,
        queries.piece_reprise(
            queries.reprise_pour(request.user, reference, maintenant()), consultation, rang
        ),
    )


@connexion_requise
@require_safe
def piece_hors_consultation(request: HttpRequest, reference: str, rang: int) -> HttpResponseBase:
    return _servie(
        request,
        queries.piece_hors_consultation(
            queries.reprise_pour(request.user, reference, maintenant()), rang
        ),
    )


def _servie(request: HttpRequest, lue: FichierRepris) -> HttpResponseBase:
    return servir(
        request,
        cle=lue.cle_de_stockage,
        nom=lue.nom,
        taille=lue.taille,
        etiquette=f'"{lue.sha256}"',
    )
