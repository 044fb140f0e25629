"""Chez la personne : accepter, puis tenir la fenêtre de partage.

Avec un compte ou par le lien signé de sa demande.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import jamais_gardee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.assistance import jetons
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.queries import demande_au_centre, ma_demande
from beffroi.service.teleassistance import codes, queries, reponses_json
from beffroi.service.teleassistance.forms import AccordForm
from beffroi.service.teleassistance.models import Partage
from beffroi.service.teleassistance.relais import relais
from beffroi.service.teleassistance.rules import (
    ACCORDS_D_INCONNUS,
    ACCORDS_PAR_LIEN,
    CE_QUI_EST_ACCEPTE,
    PERSONNE,
    code_dicte,
)
from beffroi.service.teleassistance.services import partages
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import capacites
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie

DERNIERS = 10
GESTES: dict[str, Callable[[partages.Fenetre, datetime], partages.Fenetre]] = {
    "montrer": lambda partage, le: partages.montrer(partage=partage, maintenant=le),
    "refuser": lambda partage, le: partages.refuser(partage=partage, maintenant=le),
    "couper": lambda partage, le: partages.couper(
        partage=partage, cote=PERSONNE, par=partages.acteur_de(partage), maintenant=le
    ),
    "terminer": lambda partage, le: partages.terminer(
        partage=partage, cote=PERSONNE, par=partages.acteur_de(partage), maintenant=le
    ),
}


def _compte(request: HttpRequest) -> Utilisateur | None:
    return request.user if isinstance(request.user, Utilisateur) else None


def _demande(request: HttpRequest) -> Demande | None:
    """Sa demande, nommée par son compte ou par le lien signé du courriel ;
    celle d'un autre n'existe pas.
    """
    jeton, reference, compte = (
        request.GET.get("suivi", ""),
        request.GET.get("demande", ""),
        _compte(request),
    )
    if jeton:
        return demande_au_centre(jetons.reference_de(jeton))
    if not reference:
        return None
    if compte is None:
        raise Introuvable()
    return ma_demande(compte, reference)


def _precedent(request: HttpRequest, jeton: str) -> partages.Fenetre | None:
    """Le partage coupé que celui-ci reprend."""
    try:
        return queries.de_la_fenetre(jeton, request.user) if jeton else None
    except Introuvable:
        return None


def _compte_a_part(
    request: HttpRequest, demande: Demande | None, le: datetime
) -> AbstractContextManager[None]:
    """Sans compte, cinq accords en dix minutes : par demande suivie, ou par réseau."""
    if demande is None:
        return sur_le_budget(request, ACCORDS_D_INCONNUS, maintenant=le)
    return sur_le_budget(request, ACCORDS_PAR_LIEN, maintenant=le, lien=demande.reference)


@login_not_required
@jamais_gardee
@formulaire
def consentir(request: HttpRequest) -> HttpResponse:
    """Ce qui sera vu, par qui, et la case qui l'accepte. Accepter donne le code."""
    demande, compte, le = _demande(request), _compte(request), maintenant()
    form = AccordForm(saisie(request), initial={"precedent": request.GET.get("precedent", "")})
    if form.is_valid():
        precedent = _precedent(request, form.cleaned_data["precedent"])
        suivie = demande or (precedent.demande if precedent else None)
        with refus_dans(form), _compte_a_part(request, suivie, le):
            partage = partages.consentir(
                personne=compte, demande=suivie, precedent=precedent, maintenant=le
            )
            return redirect("teleassistance:fenetre", codes.jeton_de(partage))
    contexte = {"form": form, "phrases": CE_QUI_EST_ACCEPTE, "demande": demande}
    derniers = queries.mes_partages(compte)[:DERNIERS] if compte else []
    return rendre(request, "teleassistance/consentir.html", {**contexte, "derniers": derniers})


@login_not_required
@jamais_gardee
@require_safe
def fenetre(request: HttpRequest, jeton: str) -> HttpResponse:
    """L'onglet qui tient le partage : le code, le choix de ce qui est montré, l'arrêt."""
    partage, le = queries.de_la_fenetre(jeton, request.user), maintenant()
    contexte: dict[str, Any] = {
        "partage": partage,
        "jeton": jeton,
        "donnees": {"relais": relais(partage)},
    }
    if partage.etat == Partage.Etat.CONSENTI and partage.code_jusqu_au > le:
        contexte["code"] = code_dicte(codes.code_de(partage.reference))
    page = render(request, "teleassistance/fenetre.html", contexte)
    return capacites.permettre(page, "microphone") if partage.se_parle_ici else page


@login_not_required
@jamais_gardee
@require_safe
@reponses_json.en_json
def etat(request: HttpRequest, jeton: str) -> HttpResponse:
    partage = queries.de_la_fenetre(jeton, request.user)
    return reponses_json.etat(request, partage, cote=PERSONNE)


@login_not_required
@jamais_gardee
@require_POST
@reponses_json.en_json
def signaux(request: HttpRequest, jeton: str) -> HttpResponse:
    return reponses_json.recevoir_un_signal(
        request, queries.de_la_fenetre(jeton, request.user), cote=PERSONNE
    )


@login_not_required
@jamais_gardee
@require_POST
def agir(request: HttpRequest, jeton: str) -> HttpResponse:
    """Montrer, refuser, arrêter, constater la coupure. « Arrêter » marche aussi sans script."""
    partage, le = queries.de_la_fenetre(jeton, request.user), maintenant()
    geste = GESTES.get(request.POST.get("acte", ""))
    if geste is None:
        raise RegleEnfreinte("Ce geste n'est pas connu. Rechargez la page.")
    geste(partage, le)
    return redirect("teleassistance:fenetre", jeton)
