"""Le monde : une base, un stockage, deux nœuds et leurs ouvriers, un serveur frontal.

Tout est le vrai, comme en service, et se tue comme en service : `kill -9`. Qui est tué est relancé
aussitôt, comme le ferait systemd.
"""

import gc
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from beffroi.commandes.cli import processus
from tests.serveurs import frontaux, postgresql, seaweedfs, souche
from tests.serveurs.attente import attendre

PRET_S = 120


@dataclass
class Service:
    """Un processus, de quoi le relancer à l'identique, et son groupe."""

    lancer: Callable[[], subprocess.Popen[bytes]]
    vivant: subprocess.Popen[bytes] | None = None

    def demarrer(self) -> None:
        self.vivant = self.lancer()

    def finir(self, signal_envoye: int = signal.SIGKILL, *, delai_s: float = 90) -> None:
        assert self.vivant
        os.killpg(self.vivant.pid, signal_envoye)
        self.vivant.wait(timeout=delai_s)

    def enfants(self) -> list[int]:
        assert self.vivant
        pid = self.vivant.pid
        return [int(un) for un in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@dataclass
class Noeud:
    """Un dossier de données, un `serve`, un `worker`."""

    dossier: Path
    port: int
    environnement: dict[str, str]
    code: Path = frontaux.RACINE
    serveur: Service = field(init=False)
    ouvrier: Service = field(init=False)

    def __post_init__(self) -> None:
        self.serveur = Service(lambda: self.lancer("serve", "--port", str(self.port)))
        self.ouvrier = Service(lambda: self.lancer("worker"))

    @property
    def services(self) -> tuple[Service, Service]:
        return self.serveur, self.ouvrier

    def relancer(self) -> None:
        """En ordre, comme systemd : ce qui est en route s'achève."""
        self.arreter()
        self.repartir()

    def arreter(self) -> None:
        for service in self.services:
            service.finir(signal.SIGTERM)

    def repartir(self) -> None:
        for service in self.services:
            service.demarrer()
        attendre(self.est_pret, delai_s=PRET_S)

    def lancer(self, *commande: str) -> subprocess.Popen[bytes]:
        environnement = {**self.environnement, "PYTHONPATH": f"{self.code / 'src'}:{self.code}"}
        journal = self.dossier / f"{commande[0]}.log"
        return processus.lancer([*commande], environnement=environnement, sortie=journal)

    def commande(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return souche.beffroi(*arguments, **self.environnement)

    def executer(
        self, *arguments: str, code: Path = frontaux.RACINE, tape: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """D'un processus neuf, dans cette version du logiciel ; `tape` est ce qu'on lui répond."""
        return subprocess.run(
            [sys.executable, "-m", "beffroi", *arguments],
            cwd=code,
            env={**os.environ, **self.environnement, "PYTHONPATH": f"{code / 'src'}:{code}"},
            input=tape,
            capture_output=True,
            text=True,
            check=False,
        )

    def changer_la_cle_du_registre(self, vers: Path) -> str:
        """Rend le code du paquet des autres nœuds."""
        fait = self.executer("cles", "changer-registre", "--vers", str(vers))
        assert fait.returncode == 0, fait.stdout + fait.stderr
        return fait.stdout.split("code, à dire à part : ")[1].splitlines()[0]

    def prendre_les_cles(self, paquet: Path, code: str) -> None:
        fait = self.executer("noeud", "rejoindre", "--paquet", str(paquet), tape=f"{code}\n")
        assert fait.returncode == 0, fait.stdout + fait.stderr

    def etat(self) -> dict[str, Any]:
        """Ce que dit `/pret` ; rien s'il ne répond pas."""
        try:
            lu = httpx.get(f"http://localhost:{self.port}/pret", trust_env=False, timeout=5)
        except httpx.TransportError:
            return {}
        dit: dict[str, Any] = lu.json()
        return dit

    def est_pret(self) -> bool:
        return bool(self.etat().get("pret"))


@dataclass
class Monde:
    """Tout ce qui sert, ce qui est derrière, et ce que la scène y a planté."""

    dossier: Path
    base: str
    donnees_de_la_base: Path
    stockage: Service
    frontal: Service
    noeuds: list[Noeud]
    ports: Mapping[int, int]
    scene: dict[str, Any] = field(default_factory=dict)

    @property
    def adresse(self) -> str:
        return f"https://localhost:{self.ports[443]}"

    @property
    def confiance(self) -> dict[str, str]:
        """Ce qu'il faut à une commande pour croire le certificat d'ici."""
        return {"SSL_CERT_FILE": str(self.dossier / "chaine.pem")}

    def client(self, **options: Any) -> httpx.Client:
        autorite = ssl.create_default_context(cafile=str(self.dossier / "chaine.pem"))
        return httpx.Client(
            base_url=self.adresse,
            verify=autorite,
            trust_env=False,
            headers={"Origin": self.adresse},
            **options,
        )

    def est_entier(self) -> bool:
        return all(noeud.est_pret() for noeud in self.noeuds)

    def attendre_qu_il_soit_entier(self) -> None:
        attendre(self.est_entier, delai_s=PRET_S)

    def servir_par(self, *noeuds: Noeud) -> None:
        """Le frontal n'envoie plus qu'à ceux-là ; rend la main quand les autres sont quittés."""
        d_avant = set(self.frontal.enfants())
        premier, *autres = [noeud.port for noeud in noeuds]
        frontaux.regler_nginx(self.dossier, {**self.ports, 8000: premier}, autres)
        reprise = [*frontaux.commande_de_nginx(self.dossier), "-s", "reload"]
        subprocess.run(reprise, check=True, capture_output=True)
        attendre(lambda: not d_avant & set(self.frontal.enfants()), delai_s=PRET_S)

    def demandes(self) -> Iterator[dict[str, Any]]:
        """Chaque demande à laquelle nginx a répondu. Notre Caddy n'en tient pas la liste : il reste
        ce que ses lecteurs ont lu, et ce que les commandes ont dit.
        """
        tenues = self.dossier / "beffroi.log"
        for ligne in tenues.read_text("utf-8").splitlines() if tenues.exists() else ():
            yield json.loads(ligne)

    def tuer_la_base(self) -> None:
        postgresql.tuer(self.donnees_de_la_base)

    def relancer_la_base(self) -> None:
        postgresql.relancer(self.donnees_de_la_base)


@contextmanager
def un_monde(
    dossier: Path,
    *,
    entreprises: int,
    enveloppes: int,
    base: str,
    donnees_de_la_base: Path,
    frontal: str = "nginx",
) -> Iterator[Monde]:
    """Deux nœuds derrière ce frontal, sur cette base ; la scène y est plantée."""
    with ExitStack() as pile:
        # Éteint le temps d'un essai (`tests/mesures/miettes`), le ramasse-miettes laisserait une
        # heure d'allers-retours en mémoire : dix gigaoctets pour deux cents morts.
        gc.enable()
        pile.callback(gc.disable)
        s3 = pile.enter_context(un_stockage(dossier))
        ports = {port: postgresql.port_libre() for port in (80, 443, 8000)}
        monde = composer(dossier, base, donnees_de_la_base, s3, ports, frontaux.FRONTAUX[frontal])
        premier, second = monde.noeuds
        monde.scene = planter(premier, entreprises, enveloppes)
        shutil.copytree(
            premier.dossier / "cles",
            second.dossier / "cles",
            ignore=shutil.ignore_patterns("coffre*"),
        )
        services = [monde.frontal, *(s for n in monde.noeuds for s in n.services)]
        for service in services:
            service.demarrer()
            pile.callback(finir_s_il_vit, service)
        monde.attendre_qu_il_soit_entier()
        yield monde


def finir_s_il_vit(service: Service) -> None:
    if service.vivant and service.vivant.poll() is None:
        service.finir()


def composer(
    dossier: Path,
    base: str,
    donnees_de_la_base: Path,
    stockage: tuple[Service, dict[str, str]],
    ports: dict[int, int],
    frontal: Callable[..., subprocess.Popen[bytes]],
) -> Monde:
    service, acces = stockage
    commun = {**reglages(base, ports[443]), **acces}
    adresses = [f"127.0.0.1:{postgresql.port_libre()}" for _ in "ab"]
    noeuds = []
    for nom, ecoute, port in zip(
        "ab", adresses, (ports[8000], postgresql.port_libre()), strict=True
    ):
        (dossier / nom).mkdir()
        propre = {
            "BEFFROI_DONNEES": str(dossier / nom),
            "BEFFROI_COFFRE_ECOUTE": ecoute,
            "BEFFROI_COFFRES_DES_NOEUDS": ",".join(adresses),
            "SSL_CERT_FILE": str(dossier / "chaine.pem"),
        }
        noeuds.append(Noeud(dossier / nom, port, {**commun, **propre}))
    frontaux.un_certificat(dossier)
    devant = Service(lambda: frontal(dossier, ports, [noeuds[1].port]))
    return Monde(dossier, base, donnees_de_la_base, service, devant, noeuds, ports)


def reglages(base: str, port: int) -> dict[str, str]:
    """Ceux d'un vrai service ; l'horodatage qualifié, en plus, est à des tiers."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "BEFFROI_ADRESSE": f"https://localhost:{port}",
        "BEFFROI_HOTES": "localhost",
        "BEFFROI_SERVEURS_FRONTAUX": "1",
        "BEFFROI_BASE_DE_DONNEES": base,
        "BEFFROI_COURRIEL": "fichiers",
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }


@contextmanager
def un_stockage(dossier: Path) -> Iterator[tuple[Service, dict[str, str]]]:
    """SeaweedFS, et ce que la plateforme doit en savoir."""
    chez_lui, port = dossier / "stockage", postgresql.port_libre()
    chez_lui.mkdir()
    commande = seaweedfs.commande(chez_lui, port)

    def lancer() -> subprocess.Popen[bytes]:
        with (chez_lui / "journal.txt").open("ab") as journal:
            return subprocess.Popen(
                commande,
                stdout=journal,
                stderr=subprocess.STDOUT,
                cwd=chez_lui,
                start_new_session=True,
            )

    service = Service(lancer)
    service.demarrer()
    acces = {"adresse": f"http://127.0.0.1:{port}", "region": "eu-west-1"}
    try:
        assert service.vivant
        seaweedfs.attendre(service.vivant, acces, chez_lui)
        yield (
            service,
            {
                "BEFFROI_STOCKAGE": "s3",
                "BEFFROI_S3_ADRESSE": acces["adresse"],
                "BEFFROI_S3_COMPARTIMENT": seaweedfs.COMPARTIMENT,
                "BEFFROI_S3_IDENTIFIANT": seaweedfs.IDENTIFIANT,
                "BEFFROI_S3_CLE": seaweedfs.CLE,
            },
        )
    finally:
        finir_s_il_vit(service)


def planter(noeud: Noeud, entreprises: int, enveloppes: int) -> dict[str, Any]:
    fait = souche.beffroi(
        str(entreprises),
        str(enveloppes),
        programme="tests.pannes.acharnement.scene",
        **noeud.environnement,
    )
    assert fait.returncode == 0, fait.stderr[-3000:]
    scene: dict[str, Any] = json.loads(fait.stdout)
    return scene
