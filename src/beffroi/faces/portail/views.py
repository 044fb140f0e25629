"""Les pages du portail : l'accueil, les pages de texte, le catalogue des composants."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.ports import preparation
from beffroi.achat.consultations.queries import organismes_ou_l_on_redige, ouvertes
from beffroi.faces.portail import (
    a_faire,
    catalogue,
    demonstration,
    identite,
    premiers_pas,
    queries,
    roles,
)
from beffroi.faces.portail.navigation import est_servie
from beffroi.garde.conformite.queries.accessibilite import grille
from beffroi.garde.conformite.queries.traitements import traitements
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import Portee
from beffroi.personnes.organismes.queries import acheteurs_de
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.menus import Menu
from beffroi.socle.guichet.conditionnel import page_de_tous
from formats.dates import PARIS

VALIDITE_DE_SECURITY_TXT = timedelta(days=180)


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    maintenant = horloge.maintenant()
    return page_de_tous(
        request,
        "portail/accueil.html",
        {
            "consultations": queries.prochaines_consultations(maintenant=maintenant),
            "raccourcis": queries.raccourcis(maintenant=maintenant),
            "nombre_d_ouvertes": ouvertes(maintenant).count(),
        },
    )


@login_not_required
@require_safe
def page_de_texte(request: HttpRequest, gabarit: str) -> HttpResponse:
    contexte = {"portees": Portee, "traitements": traitements(), "grille": grille()}
    return page_de_tous(request, f"portail/pages/{gabarit}.html", contexte)


@login_not_required
@require_safe
def mentions_legales(request: HttpRequest) -> HttpResponse:
    """Éditeur, directeur de la publication, hébergeur (loi n° 2004-575, art. 1-1)."""
    contexte = {"editeur": identite.editeur(horloge.maintenant().astimezone(PARIS).date())}
    return page_de_tous(request, "portail/pages/mentions-legales.html", contexte)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """À qui signaler une faille (RFC 9116).

    La date de fin avance d'elle-même : la page est tenue à jour avec le service.
    """
    adresse = settings.ADRESSE_PUBLIQUE.removesuffix("/")
    fin = (horloge.maintenant() + VALIDITE_DE_SECURITY_TXT).astimezone(UTC)
    lignes = (
        f"Contact: tel:{identite.service()['telephone_international']}",
        f"Contact: {adresse}/securite/",
        f"Expires: {fin:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {adresse}/.well-known/security.txt",
        f"Policy: {adresse}/securite/",
    )
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def composants(request: HttpRequest) -> HttpResponse:
    """Le catalogue vivant : chaque composant dans chacun de ses états."""
    return render(
        request, "portail/catalogue.html", catalogue.contexte(maintenant=horloge.maintenant())
    )


@login_not_required
def apres_connexion(request: HttpRequest) -> HttpResponse:
    """Chacun arrive sur ce qu'il a à faire."""
    adresse = roles.ACCUEILS[roles.acteur(request).role]
    return redirect(adresse if est_servie(adresse) else "/")


@login_not_required
@require_safe
def comptes_d_essai(request: HttpRequest) -> HttpResponse:
    """Les comptes de la démonstration ; absente partout ailleurs."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(
        request,
        "portail/demonstration.html",
        {"comptes": demonstration.comptes(le=horloge.heure_reelle())},
    )


@login_required
@require_safe
def liste_a_faire(request: HttpRequest) -> HttpResponse:
    """Ce qui attend la personne, le plus pressé d'abord."""
    le = horloge.maintenant()
    taches = a_faire.taches_de(request.user, le=le)
    achete = roles.acteur(request).role == Menu.ACHETEUR
    redige = achete and organismes_ou_l_on_redige(request.user, le)
    nouvelle = preparation().adresse_de_la_nouvelle() if redige else ""
    contexte = {"taches": taches, "achete": achete, "nouvelle": nouvelle}
    if achete:
        contexte |= _ou_en_est_l_organisme(request.user, rien=not taches, le=le)
    return render(request, "portail/a-faire.html", contexte)


def _ou_en_est_l_organisme(personne: Utilisateur, *, rien: bool, le: datetime) -> dict[str, object]:
    """Ses premiers pas tant qu'il est neuf ; « à jour » ne se dit que si cela est vrai."""
    acheteurs = acheteurs_de(personne, le)
    publient = {
        une.organisme_id for une in a_faire.consultations_de(personne, le) if une.publiee_le
    }
    neufs = premiers_pas.chez_une_neuve(acheteurs, publient=publient, le=le)
    a_jour = (
        rien
        and neufs is None
        and all(
            une.organisme.peut_creer_des_consultations and premiers_pas.ceux_de(une, le=le).a_jour
            for une in acheteurs
        )
    )
    return {"premiers_pas": neufs, "a_jour": a_jour}
