"""La consultation école, pour les agents du centre de gestion."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import habilitation_d_exploitant
from beffroi.service.essai import classe
from beffroi.service.essai.allure import ECOLE
from beffroi.service.essai.ports import adresse_de_l_espace
from beffroi.service.essai.ports import classe as personnages
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import Introuvable

ANIME = "anime_la_classe"


@login_not_required
@require_safe
@never_cache
def ecole(request: HttpRequest) -> HttpResponse:
    """À l'école, le récit ; sur la plateforme, la porte, pour les agents du centre."""
    return recit(request) if settings.ESPACE == ECOLE else porte(request)


def recit(request: HttpRequest) -> HttpResponse:
    if not request.session.get(ANIME):
        raise Introuvable(
            "La classe s'ouvre depuis la plateforme, par un agent du centre de gestion."
        )
    contexte = {
        "classe": classe.en_cours(),
        "acces": personnages().acces(heure_reelle=horloge.heure_reelle()),
        "facteur": settings.FACTEUR_DE_L_ECOLE,
    }
    return render(request, "essai/ecole.html", contexte)


@connexion_requise
def porte(request: HttpRequest) -> HttpResponse:
    habilitation_d_exploitant(request.user, horloge.maintenant())
    adresse = adresse_de_l_espace(ECOLE)
    if adresse:
        return redirect(
            f"{adresse}{request.path}entrer/{classe.jeton_pour(request.user.reference)}/"
        )
    return render(request, "essai/ecole_arretee.html")


@login_not_required
@require_safe
def entrer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Le jeton ne sert qu'ici ; la page suivante n'en garde que le droit d'animer."""
    classe.exiger_l_ecole()
    classe.exiger_le_jeton(jeton)
    request.session[ANIME] = True
    return redirect("essai:ecole")


@login_not_required
@require_POST
def commencer(request: HttpRequest) -> HttpResponse:
    classe.exiger_l_ecole()
    if not request.session.get(ANIME):
        raise Introuvable
    classe.commencer(le=horloge.maintenant())
    return redirect("essai:ecole")
