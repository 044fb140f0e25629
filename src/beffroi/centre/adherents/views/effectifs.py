"""Déclarer un effectif, au centre ou chez l'adhérent, et relire son document."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import ecrans, queries, services
from beffroi.centre.adherents.forms import EffectifForm
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.permissions import ACTES
from beffroi.centre.adherents.ports import definition_de_l_effectif, etats_des_conventions
from beffroi.centre.adherents.views.acces import au_centre, chez_l_adherent, justificatif
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from formats.dates import PARIS

DIT = "L'effectif est déclaré, avec son document."


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def declarer_au_centre(request: HttpRequest, siren: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    adherent = queries.adherent_par_siren(siren)
    form = _formulaire(request)
    if _declare(request, form, adherent):
        return redirect("adherents:fiche", siren)
    return rendre(request, "adherents/effectif.html", {"form": form, "adherent": adherent})


@connexion_requise
@require_safe
@jamais_gardee
def justificatif_au_centre(request: HttpRequest, siren: str, annee: int) -> HttpResponse:
    au_centre(request, "lire_les_effectifs")
    return justificatif(queries.effectif_en_cours(queries.adherent_par_siren(siren), annee))


@connexion_requise
@require_safe
def mon_adhesion(request: HttpRequest) -> HttpResponse:
    """L'adhésion de l'organisme de la personne, ou le choix parmi les siens."""
    organismes = [
        habilitation.organisme
        for habilitation in habilitations_en_cours(request.user, maintenant())
    ]
    acheteurs = [organisme for organisme in organismes if organisme.role == organisme.Role.ACHETEUR]
    if len(acheteurs) == 1:
        return redirect("adherents:adhesion", acheteurs[0].siret)
    return render(request, "adherents/mes_adhesions.html", {"organismes": acheteurs})


@connexion_requise
@require_safe
def adhesion(request: HttpRequest, siret: str) -> HttpResponse:
    """Ce que l'annuaire sait de l'organisme :
    son effectif retenu, ses déclarations, sa convention.
    """
    soi, instant = chez_l_adherent(request, siret, "lire_l_adhesion"), maintenant()
    adherent, annee = queries.adherent_de(soi.organisme), ecrans.annee_de(instant)
    contexte: dict[str, Any] = {"organisme": soi.organisme, "adherent": adherent, "annee": annee}
    if adherent:
        contexte |= {
            **ecrans.de_l_effectif(adherent, annee),
            "effectifs": queries.effectifs_declares(adherent),
            "contacts": adherent.contacts.all(),
            "convention": etats_des_conventions([adherent], le=instant).get(adherent.siren),
            "declare": permet(soi, "declarer_l_effectif", ACTES),
        }
    return render(request, "adherents/adhesion.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def declarer(request: HttpRequest, siret: str) -> HttpResponse:
    """L'administrateur de l'adhérent déclare lui-même, document joint."""
    soi = chez_l_adherent(request, siret, "declarer_l_effectif")
    adherent = queries.adherent_a_l_annuaire(soi.organisme)
    form = _formulaire(request)
    if _declare(request, form, adherent):
        return redirect("adherents:adhesion", siret)
    contexte = {"form": form, "adherent": adherent, "organisme": soi.organisme}
    return rendre(request, "adherents/effectif.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def mon_justificatif(request: HttpRequest, siret: str, annee: int) -> HttpResponse:
    soi = chez_l_adherent(request, siret, "lire_le_justificatif")
    return justificatif(
        queries.effectif_en_cours(queries.adherent_a_l_annuaire(soi.organisme), annee)
    )


def _formulaire(request: HttpRequest) -> EffectifForm:
    jour = maintenant().astimezone(PARIS).date()
    return EffectifForm(
        *saisie_et_fichiers(request),
        aujourd_hui=jour,
        decidee=definition_de_l_effectif(date(jour.year, 1, 1)),
    )


def _declare(request: HttpRequest, form: EffectifForm, adherent: Adherent) -> bool:
    declarer = lambda: services.declarer_l_effectif(  # noqa: E731
        adherent=adherent, par=request.user, maintenant=maintenant(), **form.dit()
    )
    return fait(request, form, declarer, DIT)
