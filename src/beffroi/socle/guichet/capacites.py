"""Ce que nos pages peuvent demander au navigateur :
ni caméra, ni position, ni micro, sauf là où l'on se parle.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ENTETE = "Permissions-Policy"
FERMEES = ("camera", "geolocation", "microphone")


def politique(*ouvertes: str) -> str:
    return ", ".join(f"{nom}=({'self' if nom in ouvertes else ''})" for nom in FERMEES)


def permettre(reponse: HttpResponse, *ouvertes: str) -> HttpResponse:
    """Cette page-ci peut le demander ; la personne, elle, répond encore à son navigateur."""
    reponse[ENTETE] = politique(*ouvertes)
    return reponse


class Capacites:
    """Pose l'en-tête sur chaque réponse qui ne l'a pas déjà."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.suite(request)
        reponse.headers.setdefault(ENTETE, politique())
        return reponse
