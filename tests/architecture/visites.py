"""Faire le tour du service : une personne, une adresse, une méthode, et ce qu'elle reçoit."""

import io
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from zipfile import ZipFile

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
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
            client = Client(raise_request_exception=False)
            client.cookies = self.seances[visiteur].copy()
            self.recues[cle] = visiter(
                client, methode, reverse(nom, kwargs=arguments), self.table[nom]
            )
        return self.recues[cle]


def seance_de(personne: Utilisateur | None) -> SimpleCookie:
    client = Client()
    return connecter(client, personne).cookies if personne else client.cookies


def visiter(client: Client, methode: str, url: str, adresse: Adresse) -> Reponse:
    options = {"content_type": adresse.type_de_contenu} if adresse.type_de_contenu else {}
    with transaction.atomic():
        reponse = getattr(client, methode)(
            url, dict(adresse.donnees), headers=dict(adresse.entetes), **options
        )
        texte = corps(reponse)
        transaction.set_rollback(True)
    return Reponse(reponse.status_code, dict(reponse.items()), texte)


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
