"""Le compose à deux nœuds, monté de rien : des images faites ici, et la page suivie."""

import json
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.arbre import RACINE
from tests.plateforme import attendre
from tests.serveurs import clavier
from tests.serveurs.frontaux import un_certificat
from tests.serveurs.podman import (
    BORNES,
    ENVIRONNEMENT,
    image_de_debian,
    podman,
)
from tests.serveurs.postgresql import port_libre
from tests.serveurs.seaweedfs import binaire

DEPLOIEMENT = RACINE / "deploiement"
PAGE = RACINE / "docs" / "exploitants" / "conteneurs.md"
PREFIXE = "localhost/beffroi-essai"
VOISINS = ("base", "stockage", "frontal")
SITE, STOCKAGE = "marches.cdg-essai.fr", "fichiers.cdg-essai.fr"
CODE = re.compile(r"code, à dire à part : (\S+)")
INVITE = "Code du paquet : "
REGLAGES = f"""\
BEFFROI_NOM={SITE}
BEFFROI_ADRESSE=https://{SITE}
BEFFROI_HOTES={SITE}
BEFFROI_JOURNAL_ORIGINE={SITE}/journal
BEFFROI_EXPEDITEUR=ne-pas-repondre@cdg-essai.fr
BEFFROI_SMTP_HOTE=smtp.cdg-essai.fr
BEFFROI_SANS_HORODATAGE_QUALIFIE=oui
BEFFROI_CERTIFICAT=/certificats/chaine.pem /certificats/cle.pem
BEFFROI_TAMPON=tampon_2_6
"""


@contextmanager
def images(dossier: Path) -> Iterator[None]:
    """Faites, puis effacées : quatre, et celle dont elles partent, pèsent 2 Go."""
    try:
        construire_les_images(dossier)
        yield
    finally:
        effacer_les_images()


def effacer_les_images() -> None:
    """Sous tous leurs noms : celle de la plateforme porte aussi sa version."""
    for nom in ("plateforme", *VOISINS, "minbase"):
        filtre = f"reference={PREFIXE}-{nom}"
        if faites := set(podman("images", "--quiet", "--filter", filtre).split()):
            podman("rmi", "--force", *faites, delai_s=300)


def construire_les_images(dossier: Path) -> None:
    """Celle de la plateforme par son script ; celles de ses voisins, des paquets de Debian."""
    base = image_de_debian(f"{PREFIXE}-minbase", dossier, variante="minbase")
    de_la_base = ("--build-arg", f"BASE={base}", "--network", "host")
    de_la_base += tuple(f"--ulimit={borne}" for borne in BORNES)
    contexte = shutil.copytree(Path(__file__).parent / "voisins", dossier / "voisins")
    shutil.copy(binaire(), contexte / "weed")
    for voisin in VOISINS:
        image = ("--target", voisin, "--tag", f"{PREFIXE}-{voisin}")
        podman("build", "--quiet", *de_la_base, *image, contexte, delai_s=900)
    roues = dossier / "roues"
    telecharger = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes"]
    telecharger += ["--only-binary", ":all:", "--dest", str(roues)]
    appeler([*telecharger, "--requirement", str(RACINE / "requirements.lock")], ENVIRONNEMENT)
    construire = [str(DEPLOIEMENT / "conteneur" / "construire.sh"), *de_la_base]
    construire += ["--build-context", f"roues={roues}"]
    appeler(construire, {**ENVIRONNEMENT, "NOM": f"{PREFIXE}-plateforme"})


def appeler(commande: Sequence[str], environnement: dict[str, str]) -> None:
    fait = subprocess.run(
        commande, env=environnement, capture_output=True, text=True, check=False, timeout=1800
    )
    assert fait.returncode == 0, fait.stdout + fait.stderr


@dataclass(frozen=True)
class Noeuds:
    """Les conteneurs d'un projet, et le dossier d'où ils sont montés."""

    dossier: Path
    projet: str
    port: int

    @property
    def environnement(self) -> dict[str, str]:
        return {
            **ENVIRONNEMENT,
            "COMPOSE_PROJECT_NAME": self.projet,
            "CONTAINERS_CONF_OVERRIDE": str(self.dossier / "podman.conf"),
        }

    def suivre_la_page(self) -> None:
        """Ses lignes, comme au clavier ; le code que l'une donne, une autre le demande."""
        lignes, reponses = lignes_de_la_page(), []
        surnom = next(ligne for ligne in lignes if ligne.startswith("alias "))
        for ligne in lignes:
            # Un surnom ne vaut qu'à la ligne d'après.
            code, dit = clavier.taper(
                ["sh", "-c", f"{surnom}\n{ligne}"],
                reponses,
                invite=INVITE,
                delai_s=600,
                environnement=self.environnement,
                dans=self.dossier,
            )
            assert code == 0, f"{ligne}\n{dit}"
            reponses = CODE.findall(dit) or reponses

    def beffroi(self, noeud: int, *arguments: str, delai_s: int = 600) -> str:
        return podman(
            *("exec", self.conteneur(f"serve-{noeud}"), "/opt/beffroi/beffroi", *arguments),
            delai_s=delai_s,
        )

    def conteneur(self, service: str) -> str:
        return f"{self.projet}_{service}_1"

    def demander(self, chemin: str) -> str:
        """Du dehors, par le port publié et le nom du site."""
        contexte = ssl.create_default_context(cafile=self.dossier / "certificats" / "chaine.pem")
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as liaison:
            with contexte.wrap_socket(liaison, server_hostname=SITE) as chiffree:
                demande = f"GET {chemin} HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n"
                chiffree.sendall(demande.encode())
                return b"".join(iter(lambda: chiffree.recv(65536), b"")).decode()

    def repond(self, chemin: str) -> bool:
        try:
            return self.demander(chemin).partition("\r\n")[0].endswith(" 200 OK")
        except OSError:
            return False

    def attendre(self, chemin: str) -> None:
        attendre(lambda: self.repond(chemin), delai_s=180)


def lignes_de_la_page() -> list[str]:
    texte = PAGE.read_text("utf-8").partition("## Deux nœuds")[2]
    [bloc, *_] = re.findall(r"```sh\n(.+?)```", texte, re.S)
    return [ligne for ligne in bloc.splitlines() if ligne]


@contextmanager
def deux_noeuds(dossier: Path) -> Iterator[Noeuds]:
    """En marche, comme la page le dit ; effacés à la sortie, volumes compris."""
    shutil.copytree(DEPLOIEMENT / "caddy", dossier / "caddy")
    compose = shutil.copytree(DEPLOIEMENT / "compose", dossier / "compose")
    noeuds = Noeuds(compose, f"beffroi-essai-{secrets.token_hex(4)}", port_libre())
    (compose / "certificats").mkdir(exist_ok=True)
    un_certificat(compose / "certificats", SITE, STOCKAGE)
    (compose / "reglages.env").write_text(REGLAGES, "utf-8")
    (compose / ".env").write_text(secrets_et_images(noeuds.port), "utf-8")
    (compose / "podman.conf").write_text(reglages_de_podman(), "utf-8")
    try:
        noeuds.suivre_la_page()
        noeuds.attendre("/pret")
        yield noeuds
    finally:
        descendre = ["podman-compose", "-f", "compose.deux-noeuds.yaml", "down", "-v", "-t", "5"]
        subprocess.run(
            descendre,
            cwd=compose,
            env=noeuds.environnement,
            check=False,
            capture_output=True,
            timeout=180,
        )


def secrets_et_images(port: int) -> str:
    lignes = (
        f"NOM={SITE}",
        f"NOM_DU_STOCKAGE={STOCKAGE}",
        f"MOT_DE_PASSE_DE_LA_BASE={secrets.token_hex(32)}",
        f"CLE_DU_STOCKAGE={secrets.token_hex(32)}",
        "AUTORITES=/certificats/chaine.pem",
        f"IMAGE={PREFIXE}-plateforme",
        f"IMAGE_CADDY={PREFIXE}-frontal",
        f"IMAGE_POSTGRESQL={PREFIXE}-base",
        f"IMAGE_SEAWEEDFS={PREFIXE}-stockage",
        f"PORT_HTTP={port_libre()}",
        f"PORT_HTTPS={port}",
    )
    return "\n".join(lignes) + "\n"


def reglages_de_podman() -> str:
    """runc, et des limites que cette machine-ci peut donner."""
    return f'[containers]\ndefault_ulimits = {json.dumps(BORNES)}\n[engine]\nruntime = "runc"\n'
