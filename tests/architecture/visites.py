"""Faire le tour du service : une personne, une adresse, une méthode, et ce qu'elle reçoit."""

import io
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from unittest import mock
from zipfile import ZipFile

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from sceau import evidence
from tests.architecture.adresses import Adresse, Monde

PREUVE = evidence.TOKEN.encode()


class Reponse(NamedTuple):
    statut: int
    entetes: dict[str, str]
    texte: str


class Visites:
    """Le monde, et ce que chacun y a reçu.

    Une visite ne laisse rien derrière elle : la même ne se refait pas.
    """

    def __init__(
        self,
        monde: Monde,
        table: Mapping[str, Adresse],
        personnes: Mapping[str, Utilisateur | None],
    ) -> None:
        self.monde, self.table = monde, table
        self.seances = {visiteur: seance_de(personne) for visiteur, personne in personnes.items()}
        self.recues: dict[tuple[Any, ...], Reponse] = {}

    def recue(self, visiteur: str, nom: str, methode: str, arguments: dict[str, Any]) -> Reponse:
        cle = (visiteur, nom, methode, *sorted(arguments.items()))
        if cle not in self.recues:
            self.recues[cle] = visiter(
                self.seances[visiteur], methode, reverse(nom, kwargs=arguments), self.table[nom]
            )
        return self.recues[cle]


def seance_de(personne: Utilisateur | None) -> SimpleCookie:
    client = Client()
    return connecter(client, personne).cookies if personne else client.cookies


def visiter(seance: SimpleCookie, methode: str, url: str, adresse: Adresse) -> Reponse:
    client, options = client_de(seance), {}
    if adresse.type_de_contenu:
        options["content_type"] = adresse.type_de_contenu
    with transaction.atomic(), sans_contextes():
        reponse = getattr(client, methode)(
            url, dict(adresse.donnees), headers=dict(adresse.entetes), **options
        )
        texte = corps(reponse)
        transaction.set_rollback(True)
    return Reponse(reponse.status_code, dict(reponse.items()), texte)


def client_de(seance: SimpleCookie) -> Client:
    """Un client neuf par visite, et le même serveur pour tous : ses intergiciels se chargent une
    fois.
    """
    client = Client(raise_request_exception=False)
    client.handler = serveur()
    client.cookies = seance.copy()
    return client


@cache
def serveur() -> ClientHandler:
    return ClientHandler(enforce_csrf_checks=False)


def sans_contextes() -> AbstractContextManager[Any]:
    """Le client garde, à chaque gabarit rendu, une copie de son contexte ; ici, seul compte ce que
    la personne reçoit.
    """
    return mock.patch("django.test.client.store_rendered_templates", lambda *_, **__: None)


def erreurs_en_bref() -> AbstractContextManager[Any]:
    """Une page d'erreur, moins ce que toute page montre autour : son gabarit et ce qu'elle dit.

    Deux visites sur trois sont refusées ; mettre en page chaque refus ferait le tiers du tour. Les
    pages entières se comparent dans `test_secret_du_nombre`.
    """

    def en_bref(gabarit: str, contexte: dict[str, Any], request: object = None) -> str:
        dit = [contexte[nom] for nom in ("statut", "message", "motifs", "incident", "gestes")]
        return "\n".join(map(str, [gabarit, *dit]))

    return mock.patch("beffroi.faces.portail.erreurs.render_to_string", en_bref)


def corps(reponse: HttpResponse) -> str:
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    return depliee(octets) if PREUVE in octets else octets.decode("utf-8", "replace")


def depliee(octets: bytes) -> str:
    """Une archive de preuve, fichier par fichier,
    moins son jeton, que l'heure et un nombre au hasard font.
    """
    with ZipFile(io.BytesIO(octets)) as archive:
        noms = sorted(set(archive.namelist()) - {evidence.TOKEN})
        return "\n".join(f"{nom}\n{archive.read(nom).decode('utf-8', 'replace')}" for nom in noms)
