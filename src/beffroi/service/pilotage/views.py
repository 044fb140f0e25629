"""Lire une année d'achats : chaque acheteur la sienne, le centre celle du service."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.models import Organisme
from beffroi.service.pilotage import graphique, presentation, queries, rapport_annuel, tableurs
from beffroi.service.pilotage.mesures import Annee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@connexion_requise
@require_safe
def les_miennes(request: HttpRequest) -> HttpResponse:
    """L'acheteur de la personne, ou le choix s'il y en a plusieurs."""
    organismes = queries.organismes_de(request.user, le=maintenant())
    if len(organismes) == 1:
        return redirect("pilotage:acheteur", organismes[0].siret)
    if not organismes:
        raise Introuvable()
    return render(request, "pilotage/les_miennes.html", {"organismes": organismes})


@connexion_requise
@require_safe
def acheteur(request: HttpRequest, siret: str) -> HttpResponse:
    instant = maintenant()
    organisme = queries.acheteur_lu(request.user, siret, le=instant)
    perimetre = queries.perimetre_de(organisme)
    annees = queries.annees_lisibles(perimetre, le=instant)
    annee = _annee_demandee(request, annees)
    contexte = _page(perimetre, annee, annees, de_l_acheteur=True, le=instant) | {
        "organisme": organisme
    }
    return render(request, "pilotage/acheteur.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def acheteur_csv(request: HttpRequest, siret: str, annee: int) -> HttpResponse:
    _, mesures = _annee_de_l_acheteur(request, siret, annee, le=maintenant())
    return rendre_un_fichier(tableurs.csv(mesures, de_l_acheteur=True), f"statistiques-{annee}.csv")


@connexion_requise
@require_safe
@jamais_gardee
def rapport(request: HttpRequest, siret: str, annee: int) -> HttpResponse:
    instant = maintenant()
    organisme, mesures = _annee_de_l_acheteur(request, siret, annee, le=instant)
    octets = rapport_annuel.pdf(organisme, mesures, le=instant)
    return rendre_un_fichier(octets, f"rapport-{annee}-{siret}.pdf")


@connexion_requise
@require_safe
def service(request: HttpRequest) -> HttpResponse:
    instant = maintenant()
    queries.exiger_le_centre(request.user, le=instant)
    perimetre = queries.perimetre_du_service()
    annees = queries.annees_lisibles(perimetre, le=instant)
    annee = _annee_demandee(request, annees)
    contexte = _page(perimetre, annee, annees, de_l_acheteur=False, le=instant)
    appelees = queries.contributions(annee)
    contexte |= {
        "acheteurs": queries.acheteurs(annee),
        "assistance": presentation.assistance(queries.assistance(annee, le=instant)),
        "contributions": appelees,
        "tranches": graphique.parts(appelees.tranches) if appelees else [],
    }
    return render(request, "pilotage/service.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def service_csv(request: HttpRequest, annee: int) -> HttpResponse:
    instant = maintenant()
    queries.exiger_le_centre(request.user, le=instant)
    mesures = _annee(queries.perimetre_du_service(), annee, le=instant)
    octets = tableurs.csv(
        mesures,
        de_l_acheteur=False,
        acheteurs=queries.acheteurs(annee),
        contributions=queries.contributions(annee),
        assistance=queries.assistance(annee, le=instant),
    )
    return rendre_un_fichier(octets, f"statistiques-{annee}.csv")


def _annee_demandee(request: HttpRequest, annees: list[int]) -> int:
    """Celle de l'adresse, si elle se lit ; sinon celle en cours."""
    demandee = request.GET.get("annee", "")
    return int(demandee) if demandee in map(str, annees) else annees[0]


def _page(
    perimetre: queries.Perimetre,
    annee: int,
    annees: list[int],
    *,
    de_l_acheteur: bool,
    le: datetime,
) -> dict[str, object]:
    mesures = queries.annee_de(perimetre, annee, le=le)
    return {
        "annees": annees,
        "mesures": mesures,
        "chiffres": presentation.chiffres(mesures, de_l_acheteur=de_l_acheteur),
        "mois": graphique.mois(mesures.mois),
        "parts": [
            ("Par procédure", "Procédure", graphique.parts(mesures.procedures)),
            ("Par nature", "Nature", graphique.parts(mesures.natures)),
            ("Par état, aujourd'hui", "État", graphique.parts(mesures.etats)),
        ],
    }


def _annee_de_l_acheteur(
    request: HttpRequest, siret: str, annee: int, *, le: datetime
) -> tuple[Organisme, Annee]:
    organisme = queries.acheteur_lu(request.user, siret, le=le)
    return organisme, _annee(queries.perimetre_de(organisme), annee, le=le)


def _annee(perimetre: queries.Perimetre, annee: int, *, le: datetime) -> Annee:
    if annee not in queries.annees_lisibles(perimetre, le=le):
        raise Introuvable()
    return queries.annee_de(perimetre, annee, le=le)
