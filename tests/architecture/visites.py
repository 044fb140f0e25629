"""Faire le tour du service : une personne, une adresse, une méthode, et ce qu'elle reçoit."""

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from unittest import mock
from zipfile import ZipFile

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations import horloge
from sceau import evidence
from tests.architecture.adresses import Adresse, Monde
from tests.architecture.monde import creer_le_monde

PREUVE = evidence.TOKEN.encode()
UN_JOUR_S = 86_400


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


@contextmanager
def tour_du_monde(acces: Any) -> Iterator[Monde]:
    """Le monde, créé une fois dans une transaction jamais validée :
    le journal refuse qu'on l'efface.
    """
    # Le tour peut durer plus que la preuve d'identité d'un agent :
    # elle ne doit pas expirer en chemin.
    patience = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=UN_JOUR_S)
    with patience, acces.unblock(), transaction.atomic(), sans_contextes(), sans_avertir():
        monde = creer_le_monde(maintenant=horloge.maintenant())
        # Ce que la validation ferait ne se fera pas, et chaque visite défaite le relirait.
        connection.run_on_commit.clear()
        yield monde
        transaction.set_rollback(True)


def seance_de(personne: Utilisateur | None) -> SimpleCookie:
    client = Client()
    return connecter(client, personne).cookies if personne else client.cookies


def visiter(seance: SimpleCookie, methode: str, url: str, adresse: Adresse) -> Reponse:
    client, options = client_de(seance), {}
    if adresse.type_de_contenu:
        options["content_type"] = adresse.type_de_contenu
    with transaction.atomic():
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
    serveur = ClientHandler(enforce_csrf_checks=False)
    with override_settings(SESSION_ENGINE="tests.architecture.seances"):
        serveur.load_middleware()
    return serveur


def sans_contextes() -> AbstractContextManager[Any]:
    """Le client garde, à chaque gabarit rendu, une copie de son contexte ; ici, seul compte ce que
    la personne reçoit.
    """
    return mock.patch("django.test.client.store_rendered_templates", lambda *_, **__: None)


@contextmanager
def sans_avertir() -> Iterator[None]:
    """Deux visites sur trois sont refusées, et chaque refus le dit au journal technique."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def sans_traces() -> AbstractContextManager[Any]:
    """Un refus se note une fois la réponse faite, et la visite est défaite : la trace n'apprend
    rien à personne. `test_secret_du_nombre`, lui, les note pour de vrai.
    """
    return mock.patch("beffroi.garde.conformite.middleware.noter_un_acces_refuse")


def erreurs_en_bref(*, d_abord_entieres: bool = False) -> AbstractContextManager[Any]:
    """Une page d'erreur, moins ce que toute page montre autour : son gabarit et ce qu'elle dit.

    Mettre en page chaque refus ferait le tiers du tour. `d_abord_entieres` : la première de chaque
    gabarit se montre telle que la personne la reçoit.
    """
    entieres: set[str] = set()

    def en_bref(gabarit: str, contexte: dict[str, Any], request: HttpRequest | None = None) -> str:
        if d_abord_entieres and gabarit not in entieres:
            entieres.add(gabarit)
            return render_to_string(gabarit, contexte, request=request)
        dit = [contexte[nom] for nom in ("statut", "message", "motifs", "gestes")]
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
