"""Chercher un contrat, le lire, lire un acheteur ou un titulaire :
sans compte, sans cookie, par l'adresse seule.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from beffroi.contrat.donnees_essentielles import flux as flux_des_contrats
from beffroi.contrat.donnees_essentielles import liste as listes
from beffroi.contrat.donnees_essentielles import presentation, queries, recherche
from beffroi.contrat.donnees_essentielles.criteres import Criteres, Lecture
from beffroi.contrat.donnees_essentielles.views.fichiers import TABLEAUX, rendre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet import conditionnel
from beffroi.socle.guichet.conditionnel import avec_liens, page_de_tous
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.atom import TYPE, en_atom
from formats.tableur import csv, ods

UN_QUART_D_HEURE = "public, max-age=900"


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    lecture = Lecture(request.GET.dict())
    criteres = lecture.lire()
    trouves = recherche.trouvees(criteres)
    page = presentation.page_de(trouves, request.GET.get("page", ""))
    contexte = {
        "criteres": criteres,
        "ecartes": lecture.ecartes,
        "filtres": presentation.filtres(criteres),
        "pages": page,
        "lignes": presentation.lignes(page),
        "decompte": presentation.compte(trouves) if page.paginator.count else "",
        "tableaux": presentation.tableaux(trouves)
        if page.paginator.count and page.number == 1
        else [],
        **_suites(criteres),
    }
    return avec_liens(
        page_de_tous(request, "donnees_essentielles/liste.html", contexte),
        flux=str(contexte["flux"]),
    )


def _suites(criteres: Criteres) -> dict[str, object]:
    """La même recherche, en fichiers et en flux."""
    nom = "donnees_essentielles:fichier"
    return {
        "fichiers": [
            (sorte.upper(), presentation.adresse(criteres, nom, format_=sorte))
            for sorte in TABLEAUX
        ],
        "flux": presentation.adresse(criteres, "donnees_essentielles:flux"),
    }


@login_not_required
@require_safe
def fichier(request: HttpRequest, format_: str) -> HttpResponseBase:
    """Les contrats de cette recherche, tous, pas seulement la page."""
    criteres = Lecture(request.GET.dict()).lire()
    return rendre(request, recherche.trouvees(criteres), TABLEAUX, format_, "contrats")


@login_not_required
@require_safe
def flux(request: HttpRequest) -> HttpResponse:
    criteres = Lecture(request.GET.dict()).lire()
    fiches = list(
        recherche.trouvees(criteres).order_by("-publiee_le", "-pk")[: flux_des_contrats.ENTREES]
    )

    def composer() -> HttpResponse:
        return HttpResponse(en_atom(flux_des_contrats.flux(criteres, fiches)), content_type=TYPE)

    version = (criteres.ecrire(), [fiche.pk for fiche in fiches])
    return conditionnel.repondre(request, version, composer, garde=UN_QUART_D_HEURE)


@login_not_required
@require_safe
def methode(request: HttpRequest) -> HttpResponse:
    return page_de_tous(request, "donnees_essentielles/methode.html", {})


@login_not_required
@require_safe
def contrat(request: HttpRequest, reference: str) -> HttpResponse:
    """Un contrat, à son adresse permanente."""
    fiche = queries.publique(reference)
    titulaires = [
        (presentation.nom_de(un), presentation.url_de(un), un) for un in fiche.titulaires.all()
    ]
    contexte = {
        "fiche": fiche,
        "faits": presentation.faits(fiche),
        "titulaires": titulaires,
        "suites": presentation.suites(fiche, fiche.ajouts.all()),
        "retenues": presentation.retenues(fiche),
        "ailleurs": presentation.ou_c_est_publie(fiche),
    }
    return page_de_tous(request, "donnees_essentielles/contrat.html", contexte)


@login_not_required
@require_safe
def acheteur(request: HttpRequest, siren: str) -> HttpResponse:
    """Ce qu'un acheteur a acheté, à qui."""
    if not siren.isascii() or not siren.isdecimal() or len(siren) != queries.CHIFFRES_D_UN_SIREN:
        raise Introuvable()
    if not queries.a_publie(siren):
        raise Introuvable()
    return _portrait(
        request, Criteres(acheteur=siren), recherche.noms_des_acheteurs([siren])[siren], "acheteurs"
    )


@login_not_required
@require_safe
def titulaire(request: HttpRequest, groupe: str) -> HttpResponse:
    """Ce qu'une entreprise a vendu, à qui."""
    if not queries.titulaires_du_groupe(groupe).exists():
        raise Introuvable()
    nom = recherche.noms_des_titulaires([groupe]).get(groupe) or f"Identifiant {groupe}"
    return _portrait(request, Criteres(titulaire=groupe), nom, "titulaires")


def _portrait(request: HttpRequest, criteres: Criteres, nom: str, sans: str) -> HttpResponse:
    trouves = recherche.trouvees(criteres)
    page = presentation.page_de(trouves, request.GET.get("page", ""))
    contexte = {
        "nom": nom,
        "criteres": criteres,
        "est_acheteur": sans == "acheteurs",
        "pages": page,
        "lignes": presentation.lignes(page),
        "decompte": presentation.compte(trouves),
        "tableaux": presentation.tableaux(trouves, sans=sans) if page.number == 1 else [],
        "annees": queries.annees_de_liste(criteres.acheteur) if sans == "acheteurs" else [],
        "recherche": presentation.adresse(replace(criteres)),
        **_suites(criteres),
    }
    return page_de_tous(request, "donnees_essentielles/portrait.html", contexte)


@login_not_required
@require_safe
def liste_annuelle(request: HttpRequest, siren: str, annee: int) -> HttpResponse:
    """La liste des petits marchés d'une année (CCP, art. R. 2196-1)."""
    trouvee = listes.publique(siren, annee)
    return page_de_tous(
        request, "donnees_essentielles/liste_annuelle.html", {"liste": trouvee, "siren": siren}
    )


@login_not_required
@require_safe
def liste_en_fichier(request: HttpRequest, siren: str, annee: int, format_: str) -> HttpResponse:
    trouvee = listes.publique(siren, annee)
    if format_ not in {"csv", "ods"}:
        raise Introuvable()
    le: datetime = trouvee.etablie_le
    feuille = listes.feuille(trouvee)
    octets = csv(feuille) if format_ == "csv" else ods(feuille, etabli_le=le)
    return conditionnel.repondre(
        request, octets, lambda: rendre_un_fichier(octets, f"liste-{siren}-{annee}.{format_}")
    )
