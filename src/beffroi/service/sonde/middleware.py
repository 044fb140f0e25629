"""Compter chaque réponse, une fois rendue :
son statut, et combien de requêtes le processus tenait quand elle est entrée.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.service.sonde import compte
from beffroi.socle.fondations.horloge import heure_reelle


class ReponsesComptees:
    """Tout au bord : ce que les suivants répondent, pannes comprises, y passe."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response, self.en_vol = get_response, compte.EnVol()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        en_vol = self.en_vol.entrer()
        try:
            reponse = self.get_response(request)
        finally:
            self.en_vol.sortir()
        compte.noter(reponse.status_code, en_vol, le=heure_reelle())
        return reponse
