"""Finir une convention : la lettre à imprimer, pour le centre de gestion et pour l'adhérent."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.conventions import actes, archiviste, ecrans, queries
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.states import Etat
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS

MOTIF_LU = 2000


@connexion_requise
@require_safe
@jamais_gardee
def du_centre(request: HttpRequest, reference: str, format_: str) -> HttpResponse:
    """La lettre par laquelle le centre de gestion résilie."""
    le = maintenant()
    return _jointe(
        request,
        "denonciation",
        queries.convention_a_tenir(request.user, reference, le),
        format_,
        le,
    )


@connexion_requise
@require_safe
@jamais_gardee
def quitter(request: HttpRequest, siret: str) -> HttpResponse:
    """Ce qu'un retrait donnerait, avant d'écrire quoi que ce soit."""
    le = maintenant()
    habilitation, convention = queries.notre_convention(request.user, siret, le)
    contexte = {
        "organisme": habilitation.organisme,
        "convention": _en_cours(convention),
        "motifs": ecrans.apercu_de_la_fin("adherent", jour=le.astimezone(PARIS).date()),
        "adresses": queries.parametres_en_vigueur(le.astimezone(PARIS).date()),
    }
    return render(request, "conventions/quitter.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def de_l_adherent(request: HttpRequest, siret: str, format_: str) -> HttpResponse:
    """La lettre par laquelle l'adhérent se retire."""
    le = maintenant()
    _, convention = queries.notre_convention(request.user, siret, le)
    return _jointe(request, "retrait", _en_cours(convention), format_, le)


@connexion_requise
@require_safe
@jamais_gardee
def aux_archives(request: HttpRequest, siret: str, format_: str) -> HttpResponse:
    """La même décision, écrite aux Archives départementales (convention, art. 5)."""
    le = maintenant()
    _, convention = queries.notre_convention(request.user, siret, le)
    return _jointe(request, "retrait_archives", _qui_se_retire(convention), format_, le)


@connexion_requise
@require_safe
@jamais_gardee
def qui_finissent(request: HttpRequest) -> HttpResponse:
    """Pour l'archiviste que le centre a désigné : ce qui finit, et ce qui en a été remis."""
    fins = archiviste.fins_a_lire(request.user, le=maintenant())
    return render(request, "conventions/qui_finissent.html", {"fins": fins})


def _qui_se_retire(convention: Convention | None) -> Convention:
    """Avant sa lettre au centre, ou après : les Archives se préviennent aussi en retard."""
    if convention is not None and convention.etat == Etat.DENONCEE:
        fin = queries.denonciation_en_cours(convention)
        if fin is not None and fin.par == "adherent":
            return convention
    return _en_cours(convention)


def _en_cours(convention: Convention | None) -> Convention:
    if convention is None or not convention.court:
        raise Introuvable()
    return convention


def _jointe(
    request: HttpRequest, nom: actes.Lettre, convention: Convention, format_: str, le: datetime
) -> HttpResponse:
    if format_ not in actes.RENDUS:
        raise Introuvable()
    motif = " ".join(request.GET.get("motif", "")[:MOTIF_LU].split())
    fichier = actes.lettre(nom, convention, format_, motif=motif, maintenant=le)
    return rendre_un_fichier(fichier.octets, fichier.nom)
