"""Régler ses notifications ; l'agenda privé, qu'un logiciel lit sans se connecter."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.rappels import queries, services
from beffroi.socle.fondations.erreurs import RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from formats.agenda import en_icalendar


@jamais_gardee
@connexion_requise
@formulaire
def regler(request: HttpRequest) -> HttpResponse:
    """Le résumé du matin, ce qui part toujours, l'agenda."""
    if request.method == "POST":
        services.regler_le_resume(personne=request.user, voulu="resume" in request.POST)
        messages.success(request, "C'est enregistré.")
        return redirect("notifications:regler")
    return render(
        request, "notifications/regler.html", {"preferences": queries.preferences_de(request.user)}
    )


@reauthentification_recente
@formulaire
@jamais_gardee
def ouvrir_l_agenda(request: HttpRequest) -> HttpResponse:
    """L'adresse se montre ici, une fois.

    Elle ne dispense pas du second facteur : il en faut un d'abord.
    """
    if getattr(request, "second_facteur_du", False):
        raise RoleManquant(
            "Activez d'abord un second facteur : un agenda ne doit pas en dispenser."
        )
    if request.method != "POST":
        if not queries.preferences_de(request.user).agenda:
            return redirect("notifications:regler")
        return faire_confirmer(request, _avant_de_renouveler())
    secret = services.ouvrir_l_agenda(personne=request.user, maintenant=maintenant())
    racine = str(settings.ADRESSE_PUBLIQUE).removesuffix("/")
    adresse = racine + reverse("notifications:agenda", args=[secret])
    return render(request, "notifications/agenda.html", {"adresse_secrete": adresse})


def _avant_de_renouveler() -> Confirmation:
    return Confirmation(
        "Donner une autre adresse à votre agenda ?",
        (
            "L'adresse d'avant n'ouvrira plus rien : "
            "donnez la nouvelle à chaque logiciel qui la lisait.",
        ),
        "L'adresse d'avant ne revient pas.",
        "Renouveler l'adresse",
        reverse("notifications:regler"),
        "La garder",
    )


@connexion_requise
@formulaire
def fermer_l_agenda(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Fermer votre agenda ?",
                (
                    "Son adresse n'ouvrira plus rien : vos échéances ne paraîtront plus "
                    "dans votre logiciel.",
                ),
                "Vous pourrez en ouvrir un autre, à une autre adresse. Celle-ci ne revient pas.",
                "Fermer l'agenda",
                reverse("notifications:regler"),
                "Le garder ouvert",
            ),
        )
    services.fermer_l_agenda(personne=request.user, maintenant=maintenant())
    messages.success(request, "L'adresse de votre agenda n'ouvre plus rien.")
    return redirect("notifications:regler")


@login_not_required
@jamais_gardee
@require_safe
def agenda(request: HttpRequest, secret: str) -> HttpResponse:
    """Ce que la personne a à faire, daté : le secret de l'adresse tient lieu de connexion."""
    personne = queries.personne_de_l_agenda(secret)
    echeances = services.echeances_de_l_agenda(personne, maintenant=maintenant())
    entetes = {"Content-Disposition": 'inline; filename="a-faire.ics"', "X-Robots-Tag": "noindex"}
    octets = en_icalendar(*echeances, nom="À faire")
    return HttpResponse(octets, content_type="text/calendar; charset=utf-8", headers=entetes)
