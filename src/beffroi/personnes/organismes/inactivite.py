"""Un poste laissé ouvert en mairie ne reste pas ouvert pour qui passe :
la séance d'un agent se ferme (ASVS 7.3.1).

Une entreprise n'est jamais interrompue : sa réponse se prépare longtemps, et son envoi
ne dépend pas de sa séance. Les pages publiques n'y regardent pas : elles ne montrent
rien de plus à qui est connecté.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.logiciels import probleme

CLE_DE_SEANCE = "activite"
# Écrire la séance à chaque page serait une écriture en base par page.
PRECISION_S = 60
CONSTAT = "Votre séance s'est fermée : rien ne s'est passé pendant {minutes} min."
SANS_EFFET = {"GET", "HEAD", "OPTIONS"}


class InactiviteDesAgents:
    """Ferme la séance d'un agent resté inactif ; dit pourquoi, et ramène à la même page."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_view(self, request: HttpRequest, vue: Any, *_: Any) -> HttpResponse | None:
        if not settings.INACTIVITE_DES_AGENTS_MIN or not getattr(vue, "login_required", True):
            return None
        if not request.vient_d_un_agent:  # type: ignore[attr-defined]
            return None
        if est_oubliee(request):
            return fermer(request)
        if silence_s(request) > PRECISION_S and est_un_geste(request):
            request.session[CLE_DE_SEANCE] = horloge.maintenant().timestamp()
        return None


def est_oubliee(request: HttpRequest) -> bool:
    """Rien ne s'y est passé depuis trop longtemps ; jamais celle où rien n'a encore eu lieu."""
    permis_s = settings.INACTIVITE_DES_AGENTS_MIN * 60
    return bool(permis_s and CLE_DE_SEANCE in request.session and silence_s(request) > permis_s)


def silence_s(request: HttpRequest) -> float:
    derniere: float = request.session.get(CLE_DE_SEANCE, 0)
    return horloge.maintenant().timestamp() - derniere


def est_une_navigation(request: HttpRequest) -> bool:
    """La personne change de page ; un navigateur qui ne le dit pas est supposé le faire."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def est_un_geste(request: HttpRequest) -> bool:
    """Une page ouverte, un envoi, un signe de présence.

    La page qui se rafraîchit seule n'est le geste de personne.
    """
    return est_une_navigation(request) or request.method not in SANS_EFFET


def fermer(request: HttpRequest) -> HttpResponse:
    """Ferme la séance.

    Une demande faite par un script ne la ferme pas : la page suivante le dira à la personne.
    """
    minutes = settings.INACTIVITE_DES_AGENTS_MIN
    if not est_une_navigation(request):
        phrase = f"{CONSTAT.format(minutes=minutes)} Reconnectez-vous."
        return probleme(HTTPStatus.UNAUTHORIZED, phrase)
    suite = page_de_retour(request)
    logout(request)
    messages.warning(request, phrase_de_fermeture(minutes, perdu=request.method not in SANS_EFFET))
    return redirect_to_login(suite, resolve_url(settings.LOGIN_URL))


def phrase_de_fermeture(minutes: int, *, perdu: bool) -> str:
    phrase = CONSTAT.format(minutes=minutes)
    if perdu:
        return (
            f"{phrase} Votre dernier envoi n'a pas été enregistré. Connectez-vous, "
            "puis refaites-le."
        )
    return f"{phrase} Connectez-vous : vous reviendrez à la même page."


def page_de_retour(request: HttpRequest) -> str:
    """La page demandée ; après un envoi, celle d'où il est parti."""
    if request.method in SANS_EFFET:
        return request.get_full_path()
    depart = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(depart, allowed_hosts={request.get_host()}):
        return "/"
    parties = urlsplit(depart)
    return f"{parties.path}?{parties.query}" if parties.query else parties.path
