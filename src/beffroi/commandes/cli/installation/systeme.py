"""Agir sur la machine : une commande qui échoue dit pourquoi, un fichier posé dit s'il a changé."""

import subprocess
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote

JOURNAL = Path("/var/log/beffroi-installer.log")
LIGNES_MONTREES = 4


def appeler(*commande: str) -> str:
    """Rend ce que la commande a dit ; tout va aussi au journal de l'installation."""
    fait = subprocess.run(
        commande, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, cwd="/"
    )
    with JOURNAL.open("a", encoding="utf-8") as journal:
        journal.write(f"$ {' '.join(commande)}\n{fait.stdout}{fait.stderr}")
    if fait.returncode:
        dites = (fait.stderr.strip() or fait.stdout.strip() or "sans un mot").splitlines()
        raise ErreurDeCommande(
            f"« {' '.join(commande[:4])} » a échoué :\n    "
            + "\n    ".join(dites[-LIGNES_MONTREES:])
            + f"\n  Tout ce qui a été dit : {JOURNAL}"
        )
    return fait.stdout.strip()


def reussit(*commande: str) -> bool:
    """La même, pour une question dont « non » est une réponse."""
    return subprocess.run(commande, capture_output=True, check=False, cwd="/").returncode == 0


def montrer(*commande: str) -> int:
    """La même, sous les yeux de la personne."""
    return subprocess.run(commande, check=False, stdin=subprocess.DEVNULL, cwd="/").returncode


def dossier(chemin: Path, *, mode: int, a_qui: str = "root") -> None:
    appeler("install", "-d", "-m", f"{mode:o}", "-o", a_qui, "-g", a_qui, str(chemin))


def poser(chemin: Path, contenu: bytes, *, mode: int = 0o644) -> bool:
    """Vrai si le fichier a changé ; un secret n'est lisible de personne d'autre, jamais."""
    if chemin.exists() and chemin.read_bytes() == contenu:
        chemin.chmod(mode)
        return False
    with ecrire_a_cote(chemin) as flux:
        Path(flux.name).chmod(mode)
        flux.write(contenu)
    return True


def installer_des_paquets(*paquets: str) -> None:
    """De Debian, et seulement ce qui manque."""
    absents = [un for un in paquets if not est_installe(un)]
    if absents:
        appeler("apt-get", "update", "--quiet")
        appeler(
            *("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--quiet", "--yes"),
            *("--no-install-recommends", *absents),
        )


def est_installe(paquet: str) -> bool:
    """Un paquet retiré dont il reste les réglages est encore connu de dpkg."""
    if not reussit("dpkg-query", "--show", paquet):
        return False
    etat = appeler("dpkg-query", "--show", "--showformat=${db:Status-Status}", paquet)
    return etat == "installed"
