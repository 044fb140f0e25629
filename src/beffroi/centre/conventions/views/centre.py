"""Le tableau des conventions, la fiche de chacune, et ses actes : au centre de gestion."""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.centre.adherents.queries import adherent_par_siren
from beffroi.centre.conventions import actes, ecrans, queries
from beffroi.centre.conventions.forms import DenonciationForm, OuvrirForm
from beffroi.centre.conventions.gestes_de_l_ecran import GESTES, INITIAUX
from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.rules.fin import PAR_LETTRE
from beffroi.centre.conventions.services import cycle, fin, fin_a_deux
from beffroi.centre.propositions import queries as propositions
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.gestes import conduire
from beffroi.socle.guichet.telechargements import rendre_un_fichier, servir
from formats.dates import PARIS


@connexion_requise
@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """Une colonne par état ; la liste, à côté, dit la même chose."""
    habilitation = queries.exiger_de_lire(request.user, maintenant())
    retenues = list(queries.conventions())
    vue = "liste" if request.GET.get("vue") == "liste" else "tableau"
    contexte = {
        "vue": vue,
        "colonnes": queries.tableau(retenues),
        "comptes": queries.comptes_par_etat(retenues),
        "conventions": retenues,
        "peut_tenir": queries.peut_tenir(habilitation),
    }
    return render(request, "conventions/tableau.html", contexte)


@connexion_requise
@formulaire
def ouvrir(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    queries.exiger_de_tenir(request.user, le)
    form = OuvrirForm(saisie(request))
    ouvrir_la_convention = lambda: cycle.ouvrir(  # noqa: E731
        adherent=adherent_par_siren(form.cleaned_data["siren"]),
        interlocuteur=cycle.Interlocuteur(
            form.cleaned_data["interlocuteur"], "", form.cleaned_data["courriel"]
        ),
        par=request.user.acteur,
        maintenant=le,
    )
    if fait(request, form, ouvrir_la_convention, "La convention est ouverte : préparez le projet."):
        return redirect("conventions:tableau")
    return rendre(request, "conventions/ouvrir.html", {"form": form})


@connexion_requise
@require_safe
@jamais_gardee
def convention(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    habilitation = queries.exiger_de_lire(request.user, le)
    trouvee = queries.convention_par_reference(reference)
    contexte = {
        **ecrans.fiche(trouvee, habilitation, le=le),
        "peut_tenir": queries.peut_tenir(habilitation),
    }
    return render(request, "conventions/convention.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str, piece: str) -> HttpResponseBase:
    trouvee = queries.piece_pour(
        queries.convention_a_lire(request.user, reference, maintenant()), piece
    )
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
    )


@connexion_requise
@require_safe
@jamais_gardee
def apercu(request: HttpRequest, reference: str, acte: str, format_: str) -> HttpResponse:
    """L'acte tel qu'il serait à l'instant : rien n'est gardé, et ce qui manque s'y voit."""
    le = maintenant()
    trouvee = queries.convention_a_lire(request.user, reference, le)
    if acte not in ("convention", *actes.ANNEXES) or format_ not in actes.RENDUS:
        raise Introuvable()
    _, document = actes.acte(acte, trouvee, maintenant=le)
    fichier = actes.rendre(acte, trouvee, document, format_)
    return rendre_un_fichier(fichier.octets, fichier.nom)


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def agir(request: HttpRequest, reference: str, acte: str) -> HttpResponse:
    """Un acte, son formulaire, son service."""
    le = maintenant()
    geste = GESTES.get(acte)
    permission = geste.permission if geste else "tenir_les_conventions"
    _, trouvee = queries.convention_pour(request.user, permission, reference, le)
    if geste is None:
        raise Introuvable()
    proposition = propositions.sur(reference).get(geste.decide) if geste.decide else None
    initial = INITIAUX[acte](trouvee) if acte in INITIAUX else {}
    form = geste.form(*saisie_et_fichiers(request), initial=initial)
    retour = reverse("conventions:convention", args=(reference,))
    contexte = {"convention": trouvee, "proposition": proposition}
    return conduire(
        request, geste, trouvee, form, retour, "conventions/acte.html", le=le, **contexte
    )


@connexion_requise
@require_safe
def finir(request: HttpRequest, reference: str) -> HttpResponse:
    """Qui finit la convention, et ce qui s'ensuit : le choix, avant la lettre."""
    le = maintenant()
    trouvee = queries.convention_a_tenir(request.user, reference, le)
    jour = le.astimezone(PARIS).date()
    choix = [
        (par, libelle, ecrans.apercu_de_la_fin(par, jour=jour))
        for par, libelle in Denonciation.Auteur.choices
        if par in PAR_LETTRE
    ]
    return render(request, "conventions/finir.html", {"convention": trouvee, "choix": choix})


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def denoncer(request: HttpRequest, reference: str, par: str) -> HttpResponse:
    le = maintenant()
    trouvee = queries.convention_a_tenir(request.user, reference, le)
    if par not in PAR_LETTRE:
        raise Introuvable()
    form = DenonciationForm(*saisie_et_fichiers(request), par=par)
    faire = partial(_noter_la_lettre, trouvee, form, request.user, le)
    if fait(request, form, faire, NOTEE[par]):
        return redirect("conventions:convention", trouvee.reference)
    contexte = {
        "form": form,
        "convention": trouvee,
        "par": par,
        "libelle": Denonciation.Auteur(par).label,
    }
    return rendre(request, "conventions/denoncer.html", contexte)


NOTEE = {
    "adherent": "La lettre est notée. La fin est calculée.",
    "centre": "La lettre est gardée, la résiliation proposée. Une autre personne en décide.",
}


def _noter_la_lettre(
    convention: Convention, form: DenonciationForm, par: Utilisateur, le: datetime
) -> object:
    """L'adhérent part : on le note. Le centre résilie : on le propose."""
    if form.par == "centre":
        return fin_a_deux.proposer_de_resilier(
            convention=convention, lettre=form.lettre(), par=par, maintenant=le
        )
    return fin.denoncer(convention=convention, lettre=form.lettre(), par=par.acteur, maintenant=le)
