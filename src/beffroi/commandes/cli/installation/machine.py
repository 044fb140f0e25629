"""Ce que la machine doit être avant que l'on y touche."""

import os
import platform
import re
import socket
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation.choix import AUTOMATIQUE, Certificat, Choix
from beffroi.commandes.cli.installation.systeme import appeler

LOGICIEL = Path("/opt/beffroi")
DEBIAN = 13
QUI_ECOUTE = re.compile(r'\(\("([^"]+)"')


def exiger_une_debian(racine: Path) -> None:
    """Root, Debian, systemd, et le logiciel là où les unités le cherchent."""
    if os.geteuid() != 0:
        raise ErreurDeCommande("« installer » se lance en root : sudo ./beffroi installer.")
    systeme = platform.freedesktop_os_release()
    version = systeme.get("VERSION_ID", "0").partition(".")[0]
    if systeme.get("ID") != "debian" or int(version) < DEBIAN:
        raise ErreurDeCommande(
            f"cette machine est {systeme.get('PRETTY_NAME', 'inconnue')}, et l'installation est "
            f"faite pour Debian {DEBIAN} ou plus récente. Ailleurs : en conteneurs, ou à la main "
            "(docs/exploitants/installer.md)."
        )
    if not Path("/run/systemd/system").is_dir():
        raise ErreurDeCommande(
            "systemd ne tourne pas ici, et c'est lui qui tient les services. Dans un conteneur : "
            "docs/exploitants/conteneurs.md."
        )
    if racine != LOGICIEL:
        raise ErreurDeCommande(
            f"le logiciel est dans {racine}, et les services le cherchent dans {LOGICIEL}. "
            f"Déplacez-le (mv {racine} {LOGICIEL}), puis relancez {LOGICIEL}/beffroi installer."
        )


def serveur_frontal(choix: Choix) -> str:
    """Caddy sait obtenir un certificat ; nginx, préférable aux heures d'affluence, en prend un."""
    return "nginx" if isinstance(choix.certificat, Certificat) else "caddy"


def exiger_la_place_du_frontal(choix: Choix) -> None:
    """Un autre serveur web sur cette machine, ou un nom qui ne mène nulle part."""
    ecoutes = appeler("ss", "-Hltnp", "sport = :80 or sport = :443")
    intrus = sorted(set(QUI_ECOUTE.findall(ecoutes)) - {"nginx", "caddy"})
    if intrus:
        raise ErreurDeCommande(
            f"« {intrus[0]} » tient déjà le port 80 ou 443 de cette machine. Arrêtez-le "
            f"(systemctl disable --now {intrus[0]}), ou installez Beffroi sur une machine à lui."
        )
    if choix.certificat != AUTOMATIQUE:
        return
    try:
        socket.getaddrinfo(choix.site, 443)
    except OSError as erreur:
        raise ErreurDeCommande(
            f"{choix.site} ne mène nulle part : un certificat ne s'obtient que pour un nom "
            "déclaré. Déclarez-le au DNS, puis relancez ; ou donnez le vôtre, par "
            "--certificat « chaine.pem cle.pem »."
        ) from erreur
