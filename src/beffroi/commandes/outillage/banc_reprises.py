"""Le banc des reprises : neuf cent sept conventions signées ailleurs, du tableur à l'activation.

Chaque écran est une vraie requête, par l'adresse qu'une personne ouvre ; ce que l'ouvrier fait
ensuite se compte à part. Rien ici ne dit le temps qu'une personne met à lire.
"""

import io
import tempfile
import time
import zipfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stdnum import luhn

from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.outillage.banc_contributions import preparer

ENTETES = (
    "SIREN;Nom;Signée le;Prise d'effet;Dernier jour;Effectif;Contact;Courriel;"
    "Nom du fichier de la copie"
)
VAGUES = (20, 120)
SECONDES_PAR_MINUTE = 60


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench reprises")
    analyseur.add_argument("--conventions", type=int, default=907, help="conventions (907)")
    analyseur.add_argument(
        "--base", default="", help="adresse d'une base vide (SQLite dans le dossier du banc)"
    )
    options = analyseur.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        preparer(Path(dossier), options)
        return _mesurer(options)


def _mesurer(options: Namespace) -> int:
    ecrans = Ecrans(_client())
    debut = time.perf_counter()
    ecrans.lire("/cdg/conventions/")
    ecrans.lire("/cdg/reprises/")
    tableur = _tableur(options.conventions)
    base = ecrans.envoyer("/cdg/reprises/", {"tableur": _fichier("conventions.csv", tableur)})
    ecrans.lire(base)
    copies = _fichier("copies.zip", _copies(options.conventions))
    ecrans.lire(ecrans.envoyer(f"{base}copies/", {"zip": copies}))
    restent, numero = options.conventions, 0
    while restent > 0:
        numero += 1
        combien = min(VAGUES[numero - 1] if numero <= len(VAGUES) else restent, restent)
        restent -= combien
        _une_vague(ecrans, base, numero, combien)
    ecrans.lire(base)
    duree = time.perf_counter() - debut
    reprises = _actives()
    print(
        f"\n{reprises} conventions reprises et activées en {duree / SECONDES_PAR_MINUTE:.1f} min, "
        f"{ecrans.ouverts} écrans ouverts ou envoyés, {numero} vagues"
    )
    return 0 if reprises == options.conventions else 1


def _une_vague(ecrans: "Ecrans", base: str, numero: int, combien: int) -> None:
    from beffroi.socle.fondations.horloge import maintenant
    from formats.dates import PARIS

    jour = maintenant().astimezone(PARIS).date().isoformat()
    ecrans.lire(f"{base}vagues/")
    ecrans.envoyer(f"{base}vagues/", {"le": jour, "premieres": str(combien)})
    ecrans.lire(f"{base}vagues/{numero}/activer/")
    page = ecrans.envoyer(f"{base}vagues/{numero}/activer/", {})
    duree = chronometrer(_vider_les_lots)
    print(f"{'ouvrier':34} {duree:7.2f} s pour {combien} conventions", flush=True)
    ecrans.lire(page)


def _vider_les_lots() -> None:
    """Les lots seulement : les courriels qu'ils écrivent partent ensuite, hors du banc."""
    from beffroi.socle.fondations.models import Tache
    from beffroi.socle.fondations.taches import vider_la_file

    Tache.objects.filter(chemin__contains=".courriel.").update(pas_avant="2100-01-01T00:00:00Z")
    vider_la_file()


class Ecrans:
    """Une personne du centre devant ses écrans : combien elle en ouvre, et ce que chacun prend."""

    def __init__(self, client: Any) -> None:
        self.client, self.ouverts = client, 0

    def lire(self, adresse: str) -> None:
        self._jouer("lire", adresse, lambda: self.client.get(adresse), attendu=200)

    def envoyer(self, adresse: str, saisie: dict[str, object]) -> str:
        recu = self._jouer(
            "envoyer", adresse, lambda: self.client.post(adresse, saisie), attendu=302
        )
        return str(recu.headers["Location"])

    def _jouer(self, geste: str, adresse: str, acte: Callable[[], Any], *, attendu: int) -> Any:
        debut = time.perf_counter()
        recu = acte()
        duree = time.perf_counter() - debut
        self.ouverts += 1
        court = "/".join(part for part in adresse.split("/") if not part.startswith("RP-"))
        print(f"{geste:8}{court:26} {duree:7.2f} s", flush=True)
        if recu.status_code != attendu:
            raise RuntimeError(f"{adresse} a répondu {recu.status_code}.")
        return recu


def chronometrer(acte: Callable[[], object]) -> float:
    debut = time.perf_counter()
    acte()
    return time.perf_counter() - debut


def _client() -> Any:
    """Une gestionnaire du centre, qui vient de confirmer son mot de passe."""
    from django.test import Client

    from beffroi.commandes.outillage.banc_contributions_scene import gestionnaire_seule

    client, fanny = Client(SERVER_NAME="localhost"), gestionnaire_seule()
    client.force_login(fanny)
    seance = client.session
    seance["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    seance["account_authentication_methods_user"] = str(fanny.pk)
    seance.save()
    return client


def _fichier(nom: str, octets: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(nom, octets)


def _siret(rang: int) -> str:
    racine = f"9992{rang:04d}"
    debut = f"{racine}{luhn.calc_check_digit(racine)}0001"
    return debut + luhn.calc_check_digit(debut)


def _tableur(combien: int) -> bytes:
    lignes = [
        f"{_siret(rang)};Commune de Champ-{rang};10/06/2026;01/07/2026;30/06/2029;12;"
        f"Contact {rang};mairie{rang}@champ.example;champ-{rang}.pdf"
        for rang in range(1, combien + 1)
    ]
    return "\r\n".join([ENTETES, *lignes]).encode()


def _copies(combien: int) -> bytes:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w") as archive:
        for rang in range(1, combien + 1):
            contenu = f"%PDF-1.7 convention signee {rang} ".encode() + bytes([rang % 251]) * 60_000
            archive.writestr(f"champ-{rang}.pdf", contenu)
    return flux.getvalue()


def _actives() -> int:
    from beffroi.centre.conventions.models import Convention

    return Convention.objects.filter(etat="active", reprise_le__isnull=False).count()
