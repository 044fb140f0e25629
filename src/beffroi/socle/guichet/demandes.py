"""Nommer chaque demande : le même identifiant au journal, dans la réponse, sur la page d'erreur."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.en_cours import Demande

# Celui d'Envoy et d'ingress-nginx, et l'usage avec nginx (`$request_id`) et Caddy.
# Aucune norme n'en fixe : `traceparent` (W3C) porterait une trace, que rien ici ne suit.
EN_TETE = "X-Request-ID"
# 128 bits en hexadécimal, avec ou sans les tirets d'un UUID. Plus libre, il porterait une adresse
# (HAProxy y met d'ordinaire celle du visiteur), ou une fausse ligne.
FORME = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
METHODES = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class DemandesNommees:
    """Le premier de tous : ce que les suivants refusent, tôt ou tard, y passe aussi."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite
        self.derriere_un_frontal = int(settings.SERVEURS_FRONTAUX or 0) > 0
        request_finished.connect(finir, dispatch_uid="demandes.finir")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        methode = request.method if request.method in METHODES else "autre"
        demande = Demande(self.identifiant_de(request), methode)
        en_cours.repondre_a(demande)
        reponse = self.suite(request)
        demande.statut = reponse.status_code
        reponse[EN_TETE] = demande.identifiant
        return reponse

    def process_view(
        self, request: HttpRequest, vue: Any, arguments: Any, nommes: dict[str, Any]
    ) -> None:
        """Le chemin tel que le routage l'écrit, jamais tel qu'il est demandé."""
        demande = en_cours.en_cours()
        if isinstance(demande, Demande) and request.resolver_match:
            demande.route = request.resolver_match.route

    def identifiant_de(self, request: HttpRequest) -> str:
        """Celui du serveur frontal, s'il y en a un ; un visiteur ne choisit pas le sien."""
        donne = request.headers.get(EN_TETE, "") if self.derriere_un_frontal else ""
        return donne if FORME.fullmatch(donne) else en_cours.nouvel_identifiant()


def finir(**_: Any) -> None:
    """Le corps est parti : ce fil ne répond plus à personne."""
    en_cours.oublier()
