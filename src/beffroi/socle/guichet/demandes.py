"""Nommer chaque demande : le même identifiant au journal, dans la réponse, sur la page d'erreur."""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.en_cours import Demande
from beffroi.socle.fondations.journal_technique import ACCES

# Celui d'Envoy et d'ingress-nginx, et l'usage avec nginx (`$request_id`) et Caddy.
# Aucune norme n'en fixe : `traceparent` (W3C) porterait une trace, que rien ici ne suit.
EN_TETE = "X-Request-ID"
# 128 bits en hexadécimal, avec ou sans les tirets d'un UUID. Plus libre, il porterait une adresse
# (HAProxy y met d'ordinaire celle du visiteur), ou une fausse ligne.
FORME = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Une page qu'aucune vue ne rend, et toutes celles par où passe une réponse.
STATIQUE, REPONDRE = "statique", "reponse"
METHODES = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

acces = logging.getLogger(ACCES)


class DemandesNommees:
    """Le premier de tous : ce que les suivants refusent, tôt ou tard, y passe aussi."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.suite = suite
        self.derriere_un_frontal = int(settings.SERVEURS_FRONTAUX or 0) > 0
        request_finished.connect(finir, dispatch_uid="demandes.finir")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        methode = request.method if request.method in METHODES else "autre"
        demande = Demande(self.identifiant_de(request), methode)
        if request.path.startswith(settings.STATIC_URL):
            demande.route = STATIQUE
        en_cours.repondre_a(demande)
        reponse = self.suite(request)
        constater(demande, reponse)
        reponse[EN_TETE] = demande.identifiant
        return reponse

    def process_view(
        self, request: HttpRequest, vue: Any, arguments: Any, nommes: dict[str, Any]
    ) -> None:
        """Le chemin tel que le routage l'écrit, jamais tel qu'il est demandé."""
        demande = en_cours.en_cours()
        if isinstance(demande, Demande) and request.resolver_match:
            route = request.resolver_match.route
            demande.route = REPONDRE if settings.JOURNAUX["reponse"].match(route) else route

    def identifiant_de(self, request: HttpRequest) -> str:
        """Celui du serveur frontal, s'il y en a un ; un visiteur ne choisit pas le sien."""
        donne = request.headers.get(EN_TETE, "") if self.derriere_un_frontal else ""
        return donne if FORME.fullmatch(donne) else en_cours.nouvel_identifiant()


def constater(demande: Demande, reponse: HttpResponseBase) -> None:
    """Ce qu'il en fut ; d'une réponse qui se prépare ou se dépose, rien qui la distingue."""
    demande.statut = statut_a_dire(demande.route, reponse.status_code)
    if demande.route != REPONDRE:
        demande.octets = octets(reponse)


def statut_a_dire(route: str, statut: int) -> int:
    """Là où passe une réponse, la centaine : un 201 serait un dépôt."""
    return statut // 100 * 100 if route == REPONDRE else statut


def octets(reponse: HttpResponseBase) -> int | None:
    """Ce que la réponse annonce ; rien, si son corps se compose à mesure."""
    if isinstance(reponse, HttpResponse):
        return len(reponse.content)
    annonces = reponse.get("Content-Length", "")
    return int(annonces) if annonces.isdecimal() else None


def finir(**_: Any) -> None:
    """Le corps est parti : la demande s'écrit, si le journal des accès est tenu, et s'oublie."""
    demande = en_cours.en_cours()
    if settings.JOURNAUX["acces"] and isinstance(demande, Demande):
        joints = {"methode": demande.methode, "octets": demande.octets}
        acces.info("request served", extra=joints)
    en_cours.oublier()
