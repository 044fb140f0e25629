"""Attendre dans la page, quand nul fil du serveur n'est libre pour le faire.

Ce qui vient d'être saisi part avec la page, chiffré, dans un billet qui se présente à son heure :
personne n'est refusé, rien n'est à retaper, et une foule qui attend ne tient rien du serveur.

Un billet vaut pour l'adresse et la personne d'où il vient. Le présenter deux fois n'apprend rien :
il redit la même saisie, et chaque mot de passe essayé paie son attente.
"""

import json
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.chiffrement import chiffre

USAGE = "beffroi.comptes.patience/1"
CHAMP = "billet"
# Une page laissée ouverte n'est plus une attente : le mot de passe qu'elle porte se redemande.
VALIDITE = timedelta(minutes=5)
# Un formulaire du compte fait quelques centaines de signes.
SIGNES_AU_PLUS = 8_000


class Billet(NamedTuple):
    """Ce qui se présentera, où, par qui, et à partir de quand."""

    adresse: str
    qui: int | None
    des: float
    saisie: str

    @classmethod
    def pour(cls, request: HttpRequest, *, des: datetime) -> Self:
        saisie = request.POST.copy()
        saisie.pop("csrfmiddlewaretoken", None)
        return cls(request.get_full_path(), request.user.pk, des.timestamp(), saisie.urlencode())

    @classmethod
    def lu(cls, texte: str) -> Self | None:
        try:
            return cls(*json.loads(chiffre(USAGE).decrypt(texte.encode())))
        except InvalidToken:
            return None

    def texte(self) -> str:
        return chiffre(USAGE).encrypt(json.dumps(self).encode()).decode()

    def est_d_ici(self, request: HttpRequest) -> bool:
        return self.adresse == request.get_full_path() and self.qui == request.user.pk

    def attend_encore(self, le: datetime) -> float:
        return self.des - le.timestamp()


def se_garde(request: HttpRequest) -> bool:
    """Un fichier ne tient pas dans une page, ni un envoi démesuré."""
    return not request.FILES and len(request.POST.urlencode()) <= SIGNES_AU_PLUS


def a_attendu(request: HttpRequest) -> bool:
    """Cette demande vient d'un billet, à son heure."""
    return getattr(request, "a_attendu", False)


def garder(request: HttpRequest, attente_s: float) -> HttpResponse:
    """La page qui attend : 429, et `Retry-After` pour qui ne la lit pas."""
    le = horloge.heure_reelle()
    return _page(request, Billet.pour(request, des=le + timedelta(seconds=attente_s)), le=le)


def _page(request: HttpRequest, billet: Billet, *, le: datetime) -> HttpResponse:
    secondes = max(1, math.ceil(billet.attend_encore(le)))
    contexte = {"secondes": secondes, "billet": billet.texte()}
    page = render(request, "comptes/patience.html", contexte, status=429)
    page["Retry-After"], page["Cache-Control"] = str(secondes), "no-store"
    return page


class BilletsPresentes:
    """Rend à la demande ce que son billet gardait. À poser après la garde CSRF."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_view(self, request: Any, *_: Any) -> HttpResponse | None:
        if request.content_type != "application/x-www-form-urlencoded" or (
            CHAMP not in request.POST
        ):
            return None
        le, billet = horloge.heure_reelle(), Billet.lu(request.POST[CHAMP])
        attente = billet.attend_encore(le) if billet and billet.est_d_ici(request) else -math.inf
        if billet is None or attente < -VALIDITE.total_seconds():
            return redirect(request.get_full_path())
        if attente > 0:
            return _page(request, billet, le=le)
        request.POST, request.a_attendu = QueryDict(billet.saisie), True
        return None
