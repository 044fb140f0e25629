"""Les essais manqués se comptent, et se paient d'une attente : jamais d'un refus.

On compte ce qui échoue, non ce qui s'envoie : un formulaire vide ou mal rempli ne coûte rien. Par
compte et par réseau, dans la base : tous les processus et tous les nœuds comptent ensemble. Au-delà
de quelques échecs, chaque essai attend avant que le mot de passe soit lu ; qui a le bon entre,
un peu plus tard. Un poste où l'on s'est déjà connecté a son propre compte, que l'acharnement
d'un autre n'épuise pas (`postes`). Quand le serveur fait déjà attendre trop de monde, la page
attend à sa place (`patience`).
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from beffroi.personnes.comptes import queries, rules
from beffroi.personnes.comptes.patience import a_attendu, garder, se_garde
from beffroi.socle.budgets.reseau import reseau as reseau_du_visiteur

SEL = "beffroi.comptes.essais"
# Ceux qui attendent tiennent un fil du serveur : au-delà, c'est leur page qui attend. Un réseau
# n'en tient pas plus de deux : qui s'acharne d'un endroit n'occupe pas la place des autres.
PLACES_D_ATTENTE = 8
PLACES_D_UN_RESEAU = 2
dormir = time.sleep


class SalleDAttente:
    """Les places de ce processus, et combien chaque réseau en tient."""

    def __init__(self, places: int, par_reseau: int) -> None:
        self._places, self._par_reseau = places, par_reseau
        self._verrou, self._tenues = threading.Lock(), Counter[str]()

    @contextmanager
    def place(self, reseau: str) -> Iterator[bool]:
        """Vrai si une place est prise, le temps du bloc ; faux s'il n'y en a plus."""
        prise = self._prendre(reseau)
        try:
            yield prise
        finally:
            if prise:
                self._rendre(reseau)

    def _prendre(self, reseau: str) -> bool:
        with self._verrou:
            libre = self._tenues.total() < self._places and (
                self._tenues[reseau] < self._par_reseau
            )
            self._tenues[reseau] += libre
            return libre

    def _rendre(self, reseau: str) -> None:
        with self._verrou:
            self._tenues[reseau] -= 1
            self._tenues += Counter()  # oublie les réseaux partis


salle = SalleDAttente(PLACES_D_ATTENTE, PLACES_D_UN_RESEAU)


class Compteur(NamedTuple):
    """Ce qui se compte ensemble, et combien d'échecs ne coûtent rien."""

    cle: str
    franchise: int


def compteur(sorte: str, objet: str, franchise: int) -> Compteur:
    """Une empreinte, sous la clé du service : la table ne dit ni adresse, ni réseau."""
    cle = salted_hmac(SEL, f"{sorte}/{objet}", algorithm="sha256").hexdigest()
    return Compteur(cle, franchise)


def de_connexion(courriel: str, *, reseau: str, poste: str) -> tuple[Compteur, ...]:
    """Le compte, et le réseau d'où l'on essaie ; un poste connu de ce compte n'a que le sien."""
    compte = compteur(
        "connexion", f"{courriel.lower()}/{poste}", rules.ECHECS_SANS_ATTENTE_PAR_COMPTE
    )
    return (compte,) if poste else (compte, du_reseau("connexion", reseau))


def du_reseau(sorte: str, reseau: str) -> Compteur:
    return compteur(f"reseau/{sorte}", reseau, rules.ECHECS_SANS_ATTENTE_PAR_RESEAU)


def de_l_adresse(courriel: str) -> Compteur:
    """Les liens de mot de passe envoyés à une adresse."""
    return compteur("oubli", courriel.lower(), rules.LIENS_PAR_ADRESSE)


def des_codes(utilisateur: int) -> Compteur:
    return compteur("code", str(utilisateur), rules.CODES_PAR_COMPTE)


def ralentir(request: HttpRequest, compteurs: Iterable[Compteur], *, le: datetime) -> None:
    """Fait attendre, autant que le plus épuisé de ces comptes le demande, et rend la main.

    Quand trop de monde attend déjà, la réponse est la page qui attend : elle se représente à son
    heure, et passe. Seul un envoi de fichier, qu'aucune page ne garde, est prié de revenir.
    """
    if a_attendu(request):
        return
    manques = queries.essais_manques([un.cle for un in compteurs], le=le)
    attente = max(
        (rules.attente_s(manques.get(un.cle, 0), franchise=un.franchise) for un in compteurs),
        default=0.0,
    )
    if not attente:
        return
    with salle.place(reseau_du_visiteur(request)) as prise:
        if not prise:
            raise ImmediateHttpResponse(
                garder(request, attente) if se_garde(request) else respond_429(request)
            )
        dormir(attente)


def est_epuise(un: Compteur, *, le: datetime) -> bool:
    return queries.essais_manques([un.cle], le=le).get(un.cle, 0) >= un.franchise
