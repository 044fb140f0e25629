"""La scène du banc de dépôt :
une consultation publiée, et des entreprises qui parlent à l'API comme un logiciel.
"""

import base64
import hashlib
import http.client
import io
import itertools
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sceau import Recipient, profile, seal

Adresse = tuple[str, int]
local = threading.local()


class Refus(RuntimeError):
    """Une réponse qui n'est pas un succès ; sans statut, la connexion a été coupée."""

    def __init__(self, demande: str, statut: int | None, octets: bytes = b"") -> None:
        super().__init__(f"{demande} : {statut or 'coupée'} {octets[:500]!r}")
        self.statut = statut


@dataclass
class Envoi:
    """Un fichier scellé sur le disque,
    ses parties et leurs empreintes, calculés avant de chronométrer.
    """

    nom: str
    fichier: Path
    tailles: list[int]
    empreintes: list[str]
    sha256: str

    @property
    def numeros(self) -> range:
        return range(1, len(self.tailles) + 1)

    @property
    def racine(self) -> str:
        return profile.root(bytes.fromhex(empreinte) for empreinte in self.empreintes).hex()

    def octets(self, numero: int) -> bytes:
        with self.fichier.open("rb") as flux:
            return os.pread(
                flux.fileno(), self.tailles[numero - 1], sum(self.tailles[: numero - 1])
            )


@dataclass
class Entreprise:
    """Une entreprise et sa réponse en cours."""

    adresse: Adresse
    jeton: str
    consultation: str
    dossier: Path
    corps: dict[str, Any] = field(default_factory=dict)
    reponse: dict[str, Any] = field(default_factory=dict)
    patrons: dict[str, str] = field(default_factory=dict)
    vague: Iterator[int] = field(default_factory=itertools.count)
    cle: str = ""

    def demander(self, verbe: str, chemin: str, corps: Any = None, **entetes: str) -> Any:
        jeton = self.reponse.get("jeton", self.jeton)
        entetes = {
            "Authorization": f"Bearer {jeton}",
            "Content-Type": "application/json",
            **entetes,
        }
        octets = None if corps is None else json.dumps(corps).encode()
        return json.loads(
            appeler(self.adresse, verbe, f"/api/v1/{chemin}", octets, entetes) or "null"
        )

    def commencer(self) -> None:
        self.reponse = {}
        self.reponse = self.demander(
            "POST", f"consultations/{self.consultation}/reponses", {"lots": []}
        )

    def sceller(self, dossier: Path, taille: int, nom: str = "offre.bin") -> Envoi:
        """Scelle un fichier d'octets au hasard, à la clé de l'offre."""
        if not self.reponse:
            self.commencer()
        pour = Recipient.parse(
            next(e["destinataire"] for e in self.reponse["enveloppes"] if e["enveloppe"] == "offre")
        )
        cible = dossier / f"{nom}-{os.urandom(8).hex()}.age"
        with cible.open("wb") as flux:
            seal(io.BytesIO(os.urandom(taille)), flux, to=pour)
        return decrire(nom, cible)

    def annoncer(self, envoi: Envoi) -> str:
        fiche = {
            "enveloppe": "offre",
            "lot": None,
            "nom": envoi.nom,
            "taille": envoi.fichier.stat().st_size,
        }
        cree = self.demander("POST", f"reponses/{self.reponse['reponse']}/fichiers", fiche)
        self.patrons[cree["fichier"]] = cree["adresse_des_parties"]
        return str(cree["fichier"])

    def envoyer_la_partie(self, envoi: Envoi, distant: str, numero: int) -> None:
        """En une demande, comme nos clients : l'annonce du fichier a dit où (ADR 0068)."""
        condense = base64.b64encode(bytes.fromhex(envoi.empreintes[numero - 1])).decode()
        entetes = {
            "Authorization": f"Bearer {self.reponse['jeton']}",
            "Content-Digest": f"sha-256=:{condense}:",
        }
        url = self.patrons[distant].replace("{numero}", str(numero))
        appeler(self.adresse, "PUT", url, envoi.octets(numero), entetes)

    def finir(self, envoi: Envoi, distant: str) -> None:
        self.demander(
            "POST", f"fichiers/{distant}/fin", {"racine": envoi.racine, "sha256": envoi.sha256}
        )

    def preparer_une_reponse(self) -> None:
        """Une réponse de deux petits fichiers, entièrement envoyée, prête à déposer."""
        self.commencer()
        distants = []
        for nom in ("offre.pdf", "manifeste.age"):
            envoi = self.sceller(self.dossier, 2000, nom)
            distants.append(self.annoncer(envoi))
            self.envoyer_la_partie(envoi, distants[-1], 1)
            self.finir(envoi, distants[-1])
            envoi.fichier.unlink()
        self.preparer_le_depot(distants)

    def preparer_le_depot(self, distants: list[str]) -> None:
        """Ce que dira la demande de dépôt ; le dernier fichier est le manifeste."""
        enveloppe = {
            "enveloppe": "offre",
            "lot": None,
            "fichiers": distants[:-1],
            "manifeste": distants[-1],
        }
        preuves = {"engagement": "ab" * 32, "empreinte": "cd" * 16}
        self.corps = {"enveloppes": [{**enveloppe, **preuves}], "version_client": "banc/1"}
        self.cle = f"vague-{next(self.vague)}"

    def deposer(self) -> tuple[float, str]:
        """Dépose, et rend la durée de l'appel et le numéro du récépissé."""
        debut = time.perf_counter()
        chemin = f"reponses/{self.reponse['reponse']}/depot"
        recu = self.demander("POST", chemin, self.corps, **{"Idempotency-Key": self.cle})
        return time.perf_counter() - debut, str(recu["recepisse"])


def appeler(
    adresse: Adresse, verbe: str, chemin: str, corps: bytes | None, entetes: dict[str, str]
) -> bytes:
    """Un appel HTTP sur la connexion de ce fil ;
    une réponse qui n'est pas un succès arrête le banc.
    """
    statut, octets = echanger(adresse, verbe, chemin, corps, entetes)
    if statut >= 400:
        raise Refus(f"{verbe} {chemin}", statut, octets)
    return octets


def echanger(
    adresse: Adresse, verbe: str, chemin: str, corps: bytes | None, entetes: dict[str, str]
) -> tuple[int, bytes]:
    """Une connexion gardée que le serveur a fermée entre-temps se rouvre, une fois."""
    gardee = getattr(local, "adresse", None) == adresse
    if not gardee:
        local.adresse, local.connexion = adresse, http.client.HTTPConnection(*adresse, timeout=120)
    try:
        local.connexion.request(verbe, chemin, corps, entetes)
        reponse = local.connexion.getresponse()
        return reponse.status, bytes(reponse.read())
    except (ConnectionError, http.client.HTTPException) as erreur:
        local.connexion.close()
        local.adresse = None
        if not gardee:
            raise Refus(f"{verbe} {chemin}", None) from erreur
    return echanger(adresse, verbe, chemin, corps, entetes)


def decrire(nom: str, fichier: Path) -> Envoi:
    tailles = profile.part_sizes(fichier.stat().st_size)
    empreintes, tout = [], hashlib.sha256()
    with fichier.open("rb") as flux:
        for taille in tailles:
            octets = flux.read(taille)
            tout.update(octets)
            empreintes.append(hashlib.sha256(octets).hexdigest())
    return Envoi(nom, fichier, tailles, empreintes, tout.hexdigest())


def preparer_la_scene(nombre: int, *, adresse: Adresse) -> list[Entreprise]:
    """Migre la base, publie une consultation, inscrit les entreprises : tout par les services."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction

    from beffroi.personnes.comptes.services import creer_utilisateur, delivrer_jeton
    from beffroi.personnes.entreprises.services import inscrire_membre
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.chainage import creer_l_autorite
    from demo import cles, marches
    from demo.peuplement import peupler

    call_command("migrate", verbosity=0, interactive=False)
    le = maintenant() - timedelta(days=20)
    creer_l_autorite(settings.HORODATAGE["cle"], le=le)
    scene = []
    with transaction.atomic():
        troupe = peupler(le=le)
        cles.creer_les_identites(troupe, le=le)
        cles.designer_les_gardiens(troupe, le=le)
        consultation = marches.rediger(
            marches.VOIRIE, troupe, le=le, limite=maintenant() + timedelta(days=20)
        )
        consultation = marches.publier(
            consultation, troupe, ("martine", "helene", "bernard"), le=le
        )
        for rang in range(nombre):
            personne = creer_utilisateur(
                courriel=f"e{rang}@banc.example", nom=f"Personne {rang}", maintenant=le
            )
            inscrire_membre(
                nature="etrangere",
                pays="BE",
                identifiant=f"BANC{rang:05d}",
                nom=f"Entreprise {rang}",
                utilisateur=personne,
                par=personne.acteur,
                maintenant=le,
            )
            _, jeton = delivrer_jeton(utilisateur=personne, libelle="banc", maintenant=le)
            scene.append(Entreprise(adresse, jeton, consultation.reference, Path(settings.DONNEES)))
    connection.close()
    return scene
