"""Ce qu'une personne a lu ne reste pas sur le poste : un ordinateur partagé, à la mairie ou dans
une médiathèque, rendrait la page à qui vient après elle (ASVS 14.3.2).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from beffroi.socle.guichet.conditionnel import A_PERSONNE_D_AUTRE


class PagesPrivees:
    """Rien ne se garde de ce qui répond à une personne connectée, ou à qui tient un jeton.

    Une vue qui dit elle-même qui peut garder sa réponse est crue : un document public, une tuile
    du registre, une page de tous restent gardés. À poser après le lecteur de comptes.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.suite(request)
        if "Cache-Control" not in reponse and est_a_quelqu_un(request):
            reponse["Cache-Control"] = A_PERSONNE_D_AUTRE
        return reponse


def est_a_quelqu_un(request: HttpRequest) -> bool:
    return bool(request.headers.get("Authorization")) or request.user.is_authenticated
