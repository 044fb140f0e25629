"""Au centre : la liste des impayés, un dossier, ses actes, ses lettres."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.centre.contributions.models import Contestation
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.impayes import ecrans, queries
from beffroi.centre.impayes.forms import ReponseForm, RienForm
from beffroi.centre.impayes.gestes_de_l_ecran import GESTES, SECONDS, Regard, gestes_possibles
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.rules.delais import arret_en_cours
from beffroi.centre.impayes.rules.etapes import Situation, permise, prochain
from beffroi.centre.impayes.services import etapes, suspensions
from beffroi.centre.propositions import queries as propositions
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.gestes import conduire
from beffroi.socle.guichet.telechargements import servir
from formats.dates import PARIS

CLOS_MONTRES = 20


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Chaque impayé : son étape, son âge, sa somme, le prochain acte et son jour."""
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_impayes", ACTES, le)
    toutes = ecrans.lignes(le=le.astimezone(PARIS).date())
    etape, tri = request.GET.get("etape", ""), request.GET.get("tri", "age")
    contexte = {
        "lignes": ecrans.retenues(toutes, etape=etape, tri=tri),
        "toutes": toutes,
        "filtres": ecrans.filtres(toutes),
        "tris": ecrans.TRIS.items(),
        "etape": etape,
        "tri": tri,
        "clos": queries.clos()[:CLOS_MONTRES],
    }
    return render(request, "impayes/liste.html", contexte)


@reauthentification_recente
@formulaire
def relancer(request: HttpRequest, contribution: str) -> HttpResponse:
    """Le premier rappel : ce qu'il dira, quand il peut partir, et l'envoyer."""
    le = maintenant()
    acte = "relancer" if request.method == "POST" else "voir_les_impayes"
    habilitation = exiger_au_centre(request.user, acte, ACTES, le)
    trouvee, jour = queries.contribution_pour(contribution), le.astimezone(PARIS).date()
    if defaut := queries.en_cours_de(trouvee):
        return redirect("impayes:defaut", defaut.reference)
    form = RienForm(saisie(request))
    envoyer: Callable[[], object] = lambda: etapes.relancer(  # noqa: E731
        contribution=trouvee, par=request.user, maintenant=le
    )
    if fait(request, form, envoyer, "Le rappel est parti. Sa lettre est au dossier."):
        return redirect("impayes:liste")
    situation = queries.situation(trouvee, None, le=jour)
    contexte = {
        "contribution": trouvee,
        "situation": situation,
        "suite": prochain(situation),
        "decision": permise("relancer", situation, le=jour),
        "suspensions": trouvee.suspensions.select_related("ecrite_par"),
        "permis": queries.permis(habilitation),
        "form": form,
    }
    return rendre(request, "impayes/relancer.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def defaut(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    habilitation = exiger_au_centre(request.user, "voir_les_impayes", ACTES, le)
    trouve, jour = queries.defaut_pour(reference), le.astimezone(PARIS).date()
    situation = queries.situation(trouve.contribution, trouve, le=jour)
    contexte = {
        **_ce_qui_vient(trouve, situation, habilitation, jour),
        "defaut": trouve,
        "contribution": trouve.contribution,
        "situation": situation,
        "arret": arret_en_cours(situation.arrets, jour),
        "seconds": SECONDS,
        "lettres": trouve.lettres.select_related("pdf", "odt", "preuve", "etablie_par"),
        "suspensions": trouve.contribution.suspensions.select_related("ecrite_par"),
        "comptes_contestes": Contestation.objects.filter(
            contribution=trouve.contribution, repondue_le=None
        ),
        "histoire": ecrans.histoire_de(trouve),
        "permis": queries.permis(habilitation),
    }
    return render(request, "impayes/defaut.html", contexte)


def _ce_qui_vient(
    defaut: Defaut, situation: Situation, habilitation: Habilitation, jour: date
) -> dict[str, Any]:
    """L'étape d'après, ce qui est proposé, les gestes permis.

    D'un dossier clos, seule une fin récente se reprend encore.
    """
    proposees = propositions.sur(defaut.reference)
    reprise = queries.reprise_jusqu_au(defaut, le=jour)
    regard = Regard(habilitation, jour, proposees, reprise)
    suite = None if defaut.est_clos else prochain(situation)
    return {
        "suite": suite,
        "prochain_geste": ecrans.GESTES.get(suite.acte, "") if suite else "",
        "gestes": list(gestes_possibles(defaut, situation, regard)),
        "proposees": list(proposees.values()),
        "reprise_jusqu_au": reprise,
    }


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def agir(request: HttpRequest, reference: str, acte: str) -> HttpResponse:
    """Un acte, son formulaire, son service."""
    le = maintenant()
    geste = GESTES.get(acte)
    exiger_au_centre(request.user, geste.permission if geste else "voir_les_impayes", ACTES, le)
    trouve = queries.defaut_pour(reference)
    if geste is None:
        raise Introuvable()
    proposition = propositions.sur(reference).get(geste.a_deux) if geste.decide else None
    initial = {"motif": proposition.motif} if proposition else {}
    form = geste.form(*saisie_et_fichiers(request), initial=initial)
    retour = reverse("impayes:defaut", args=(reference,))
    contexte = {
        "defaut": trouve,
        "contribution": trouve.contribution,
        "proposition": proposition,
    }
    return conduire(request, geste, trouve, form, retour, "impayes/acte.html", le=le, **contexte)


@connexion_requise
@formulaire
def repondre(request: HttpRequest, reference: str) -> HttpResponse:
    """La réponse motivée à une contestation : les délais reprennent."""
    le = maintenant()
    exiger_au_centre(request.user, "repondre_a_une_contestation", ACTES, le)
    suspension = queries.suspension_pour(reference)
    form = ReponseForm(saisie(request))
    acte: Callable[[], object] = lambda: suspensions.repondre(  # noqa: E731
        suspension=suspension, reponse=form.reponse(), par=request.user, maintenant=le
    )
    if fait(
        request, form, acte, "La réponse est gardée. Les délais reprennent, et l'adhérent la lit."
    ):
        return redirect("impayes:liste")
    contexte = {"form": form, "suspension": suspension, "contribution": suspension.contribution}
    return rendre(request, "impayes/repondre.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str, piece: str) -> HttpResponseBase:
    """Une lettre ou sa preuve, gardées au dossier de la convention."""
    exiger_au_centre(request.user, "voir_les_impayes", ACTES, maintenant())
    trouve = queries.defaut_pour(reference)
    return telecharger(request, queries.piece_d_un_defaut(trouve, piece, avec_la_preuve=True))


def telecharger(request: HttpRequest, piece: PieceDeConvention) -> HttpResponseBase:
    return servir(
        request,
        cle=piece.cle_de_stockage,
        nom=piece.nom,
        taille=piece.taille,
        etiquette=f'"{piece.sha256}"',
    )
