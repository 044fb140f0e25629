"""Chercher, lire la page d'un acheteur, suivre un flux ou un calendrier :
sans compte, sans cookie, par l'adresse seule.
"""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations import queries as consultations
from beffroi.publicite.recherche import flux, plan, presentation, queries
from beffroi.publicite.recherche.rules.requete import CLOSES, OUVERTES, TOUTES, Recherche
from beffroi.publicite.recherche.views.page import page_publique
from beffroi.socle.fondations.adresses import adresse_publique
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import conditionnel
from beffroi.socle.guichet.conditionnel import SUITES, avec_liens
from formats import plan_de_site
from formats.agenda import en_icalendar
from formats.atom import TYPE, en_atom

# La même recherche, pour un logiciel : l'API vit plus haut.
EN_DONNEES = "/api/v1/recherche?"
UN_QUART_D_HEURE = "public, max-age=900"
APERCU = 10
ACHETEURS_PAR_PAGE = 50


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    instant = maintenant()
    page = presentation.page_de_liste(
        queries.lire(request.GET.dict()), page=request.GET.get("page", ""), le=instant
    )
    recherche = page.recherche
    contexte = {
        "page": page,
        "canonique": adresse_publique() + presentation.adresse(recherche),
        "flux": presentation.adresse(recherche, "recherche:flux"),
        "calendrier": presentation.adresse(recherche, "recherche:calendrier"),
        "donnees": f"{EN_DONNEES}{recherche.ecrire()}",
        "precedente": presentation.adresse(recherche, page=page.numero - 1)
        if page.numero > 1
        else "",
        "suivante": presentation.adresse(recherche, page=page.numero + 1)
        if page.numero < page.nombre_de_pages
        else "",
        "alerte": presentation.alerte(recherche),
        "partout": presentation.adresse(replace(recherche, etat=TOUTES)),
        "natures": presentation.choix(queries.natures(), recherche.nature, tous="Toutes"),
        "procedures": presentation.choix(queries.procedures(), recherche.procedure, tous="Toutes"),
        "etats": presentation.choix(presentation.ETATS, recherche.etat),
    }
    reponse = page_publique(request, "recherche/liste.html", contexte, version=page, le=instant)
    return avec_liens(reponse, **{suite: contexte[suite] for suite in SUITES})


@login_not_required
@require_safe
def flux_de_recherche(request: HttpRequest) -> HttpResponse:
    recherche = queries.lire(request.GET.dict()).recherche
    return repondre_le_flux(
        request,
        recherche,
        titre=presentation.ETATS[recherche.etat],
        page=presentation.adresse(recherche),
        adresse=presentation.adresse(recherche, "recherche:flux"),
    )


@login_not_required
@require_safe
def flux_d_acheteur(request: HttpRequest, siren: str) -> HttpResponse:
    trouve = queries.acheteur(siren)
    return repondre_le_flux(
        request,
        Recherche(acheteur=siren, etat=TOUTES),
        titre=f"Consultations : {trouve.nom}",
        page=reverse("recherche:acheteur", args=(siren,)),
        adresse=reverse("recherche:flux_d_acheteur", args=(siren,)),
    )


def repondre_le_flux(
    request: HttpRequest, recherche: Recherche, *, titre: str, page: str, adresse: str
) -> HttpResponse:
    instant = maintenant()
    fiches = flux.fiches_du_flux(recherche, le=instant)

    def composer() -> HttpResponse:
        compose = flux.flux_de_recherche(
            recherche, fiches, le=instant, titre=titre, page=page, flux=adresse
        )
        return HttpResponse(en_atom(compose), content_type=TYPE)

    version = (adresse, adresse_publique(), flux.versions(fiches))
    return conditionnel.repondre(request, version, composer, garde=UN_QUART_D_HEURE)


@login_not_required
@require_safe
def flux_de_consultation(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = consultations.publique(reference)
    version = (reference, adresse_publique(), consultation.changements.count())
    return conditionnel.repondre(
        request,
        version,
        lambda: HttpResponse(en_atom(flux.flux_de_consultation(consultation)), content_type=TYPE),
        garde=UN_QUART_D_HEURE,
    )


@login_not_required
@require_safe
def calendrier(request: HttpRequest) -> HttpResponse:
    """Les heures limites d'une recherche, pour un agenda qui s'y abonne."""
    recherche = queries.lire(request.GET.dict()).recherche
    fiches = flux.fiches_du_calendrier(recherche, le=maintenant())
    nom = presentation.en_clair(recherche) or presentation.ETATS[OUVERTES]

    def composer() -> HttpResponse:
        octets = en_icalendar(*(flux.echeance(fiche) for fiche in fiches), nom=nom)
        entetes = {"Content-Disposition": 'inline; filename="heures-limites.ics"'}
        return HttpResponse(octets, content_type="text/calendar; charset=utf-8", headers=entetes)

    version = ("ics", nom, adresse_publique(), flux.versions(fiches))
    return conditionnel.repondre(request, version, composer, garde=UN_QUART_D_HEURE)


@login_not_required
@require_safe
def acheteurs(request: HttpRequest) -> HttpResponse:
    """Les acheteurs qui ont publié, par leur nom."""
    instant, nom = maintenant(), queries.texte_borne(request.GET.get("q", ""))
    numero = presentation.numero_de_page(request.GET.get("page", ""))[0]
    page = presentation.page_d_acheteurs(
        nom, numero=numero, par_page=ACHETEURS_PAR_PAGE, le=instant
    )
    return page_publique(
        request, "recherche/acheteurs.html", {"page": page}, version=page, le=instant
    )


@login_not_required
@require_safe
def acheteur(request: HttpRequest, siren: str) -> HttpResponse:
    """Un acheteur : ce qu'il a d'ouvert, ce qu'il a clos, son flux."""
    trouve, instant = queries.acheteur(siren), maintenant()
    ouvertes, closes = Recherche(acheteur=siren), Recherche(acheteur=siren, etat=CLOSES)
    page = presentation.page_d_acheteur(trouve, ouvertes, closes, apercu=APERCU, le=instant)
    contexte = {
        "page": page,
        "flux": reverse("recherche:flux_d_acheteur", args=(siren,)),
        "calendrier": presentation.adresse(ouvertes, "recherche:calendrier"),
        "donnees": f"{EN_DONNEES}{replace(ouvertes, etat=TOUTES).ecrire()}",
        "alerte": presentation.alerte(ouvertes),
        "toutes_les_ouvertes": presentation.adresse(ouvertes),
        "toutes_les_closes": presentation.adresse(closes),
    }
    reponse = page_publique(request, "recherche/acheteur.html", contexte, version=page, le=instant)
    return avec_liens(reponse, **{suite: contexte[suite] for suite in SUITES})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ce que les moteurs de recherche peuvent lire (RFC 9309)."""
    return HttpResponse(plan.pour_les_robots(), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def plan_du_site(request: HttpRequest) -> HttpResponse:
    """Les pages publiques, pour qu'une entreprise trouve un marché en cherchant."""
    reponse = HttpResponse(
        plan_de_site.en_xml(plan.pages_publiques()), content_type=plan_de_site.TYPE
    )
    reponse["Cache-Control"] = UN_QUART_D_HEURE
    return reponse
