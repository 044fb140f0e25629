"""Le banc des pages : chaque écran de la démonstration, lu par qui le regarde.

Ses requêtes, ce qu'il prend de processeur, et combien de fois une page vide du même processus
(`/sante`, qui traverse les mêmes couches). Un écran qui se demande par un geste, ou une preuve de
présence récente, n'est pas mesuré, et se nomme.
"""

import os
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.cli.cadre import preparer_django
from beffroi.commandes.cli.demo import reglages

if TYPE_CHECKING:
    from django.test import Client

ADRESSE = "http://localhost:18000"
VIDE = "/sante"
REQUETES_AU_PLUS = 25


@dataclass(frozen=True)
class Mesure:
    """Ce qu'un écran demande, à sa lecture médiane."""

    ecran: str
    requetes: int
    processeur_ms: float

    def en_une_ligne(self, vide_ms: float) -> str:
        trop = " !" if self.requetes > REQUETES_AU_PLUS else "  "
        return (
            f"{self.requetes:4d}{trop} {self.processeur_ms:8.1f} ms "
            f"{self.processeur_ms / vide_ms:7.1f} x  {self.ecran}"
        )


def mesurer(argv: list[str]) -> int:
    """Rend 1 si un écran demande plus de requêtes qu'aucun ne doit."""
    options = lire_les_options(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        return dire(*lire_chaque_ecran(une_demonstration(Path(dossier)), options), options)


def lire_les_options(argv: list[str]) -> Namespace:
    analyseur = Analyseur("./beffroi bench pages")
    analyseur.add_argument("--lectures", type=int, default=5, help="lectures de chaque écran (5)")
    analyseur.add_argument(
        "--lignes", type=int, default=40, help="écrans dits, les plus coûteux d'abord (40)"
    )
    return analyseur.parse_args(argv)


def une_demonstration(dossier: Path) -> Any:
    """Jouée neuve, arrêtée : l'histoire que les écrans montrent."""
    from tests.origine import jouee_dans

    return jouee_dans(dossier)


def lire_chaque_ecran(plateforme: Any, options: Namespace) -> tuple[list[Mesure], list[str], float]:
    """Les mesures, ce qui n'a pas pu l'être, et le temps de la page vide."""
    preparer(plateforme.dossier)
    from django.test import Client

    from tests.parcours.ecran import Objets
    from tests.parcours.ecrans import ECRANS

    objets, mesures, laisses = Objets(plateforme.dossier, plateforme.recit), [], []
    chez = cache(partial(client_de, plateforme))
    vide = mesurer_une_page(VIDE, Client(), adresse=VIDE, lectures=options.lectures * 5)
    for ecran in ECRANS:
        mesure = None
        if not (ecran.geste or ecran.depart):
            mesure = mesurer_un_ecran(ecran, chez(ecran.qui), objets, lectures=options.lectures)
        if mesure:
            mesures.append(mesure)
        else:
            laisses.append(str(ecran))
    return mesures, laisses, vide.processeur_ms


def preparer(dossier: Path) -> None:
    os.environ.update(reglages(dossier.resolve(), ADRESSE))
    preparer_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("collectstatic", verbosity=0, interactive=False)


def client_de(plateforme: Any, qui: str) -> "Client":
    """Le navigateur d'une personne qui vient de se connecter ; sans nom, d'un visiteur."""
    from django.test import Client

    from beffroi.personnes.comptes.models import Utilisateur
    from beffroi.personnes.comptes.tests.personnes import connecter

    if not qui:
        return Client()
    courriel = plateforme.compte(qui)["identifiant"]
    return connecter(Client(), Utilisateur.objects.get(courriel=courriel))


def mesurer_un_ecran(ecran: Any, client: "Client", objets: Any, *, lectures: int) -> Mesure | None:
    """Rien si la page n'est pas celle que la table dit."""
    from django.urls import reverse

    adresse = reverse(ecran.route, kwargs=ecran.arguments(objets)) + ecran.requete
    if lire(client, adresse).status_code != ecran.statut:
        return None
    return mesurer_une_page(str(ecran), client, adresse=adresse, lectures=lectures)


def mesurer_une_page(nom: str, client: "Client", *, adresse: str, lectures: int) -> Mesure:
    """La médiane ; la première lecture, qui charge, ne compte pas."""
    lire(client, adresse)
    requetes, temps = [], []
    for _ in range(lectures):
        with compter() as comptees:
            debut = time.process_time()
            lire(client, adresse)
            temps.append((time.process_time() - debut) * 1000)
        requetes.append(len(comptees))
    return Mesure(nom, int(statistics.median(requetes)), statistics.median(temps))


def lire(client: "Client", adresse: str) -> Any:
    """La page entière, même servie à mesure."""
    reponse = client.get(adresse)
    with suppress(AttributeError):
        b"".join(reponse.streaming_content)  # type: ignore[attr-defined]
    return reponse


@contextmanager
def compter() -> Iterator[list[str]]:
    """Les requêtes jouées dans le bloc."""
    from django.db import connection

    comptees: list[str] = []

    def noter(executer: Any, sql: str, *reste: Any) -> Any:
        comptees.append(sql)
        return executer(sql, *reste)

    with connection.execute_wrapper(noter):
        yield comptees


def dire(mesures: list[Mesure], laisses: list[str], vide_ms: float, options: Namespace) -> int:
    print(f"page vide : {vide_ms:.2f} ms de processeur\n")
    print("requêtes  processeur   page vide  écran")
    plus_couteux = sorted(mesures, key=lambda une: -une.processeur_ms)
    for mesure in plus_couteux[: options.lignes]:
        print(mesure.en_une_ligne(vide_ms))
    for ligne in resume(mesures, laisses):
        print(ligne)
    return int(any(mesure.requetes > REQUETES_AU_PLUS for mesure in mesures))


def resume(mesures: list[Mesure], laisses: list[str]) -> Iterator[str]:
    temps = sorted(mesure.processeur_ms for mesure in mesures)
    trop = [mesure for mesure in mesures if mesure.requetes > REQUETES_AU_PLUS]
    yield (
        f"\n{len(mesures)} écrans ; médiane {statistics.median(temps):.1f} ms, neuf sur dix sous "
        f"{temps[len(temps) * 9 // 10]:.1f} ms."
    )
    yield f"{len(trop)} demandent plus de {REQUETES_AU_PLUS} requêtes."
    yield from (
        f"  {mesure.requetes:4d}  {mesure.ecran}"
        for mesure in sorted(trop, key=lambda une: -une.requetes)
    )
    yield f"{len(laisses)} ne se mesurent pas ainsi (un geste, une preuve de présence)."
