"""Les étapes, dans l'ordre ; chacune se rejoue sans rien défaire."""

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation import demandes, frontal, machine, preuve, reglages
from beffroi.commandes.cli.installation.choix import ICI, SQLITE, Choix
from beffroi.commandes.cli.installation.systeme import (
    appeler,
    dossier,
    installer_des_paquets,
    montrer,
    poser,
    reussit,
)

COMPTE = "beffroi"
UNITES = Path("/etc/systemd/system")
COMMANDE = Path("/usr/local/sbin/beffroi")
SAUVEGARDES = Path("/srv/sauvegardes")
REGLAGES = reglages.DOSSIER / "beffroi.env"
CHOIX = reglages.DOSSIER / "choix.toml"
EN_SERVICE = reglages.DOSSIER / "en-service"
SERVICES = ("beffroi@sonde", "beffroi@worker", "beffroi@serve")


@dataclass(frozen=True)
class Chantier:
    """Les choix, et ceux que l'on vient de dire."""

    choix: Choix
    textes: dict[str, str]
    dits: frozenset[str]


def ecrire_les_reglages(chantier: Chantier) -> None:
    dossier(reglages.DOSSIER, mode=0o755)
    avant = REGLAGES.read_text("utf-8") if REGLAGES.exists() else ""
    figes = reglages.DURABLES if EN_SERVICE.exists() else ()
    apres = reglages.completer(avant, chantier.choix, dits=chantier.dits, figes=figes)
    poser(REGLAGES, apres.encode(), mode=0o600)
    du_serveur = reglages.DOSSIER / "serve.env"
    if not du_serveur.exists():
        poser(du_serveur, b"OPTIONS=--processus 2\n")
    service = chantier.choix.horodatage
    if service and ("horodatage" in chantier.dits or not reglages.RACINES.exists()):
        poser(reglages.RACINES, service.racines.read_bytes())
    poser(CHOIX, demandes.en_toml(chantier.textes).encode(), mode=0o600)


def installer_les_paquets(chantier: Chantier) -> None:
    du_moteur = {ICI: ["postgresql"], SQLITE: []}.get(chantier.choix.base, ["postgresql-client"])
    # `dbus` : par lui se lance une commande sous le compte du service.
    installer_des_paquets("dbus", *du_moteur, machine.serveur_frontal(chantier.choix))
    appeler("systemctl", "start", "dbus.socket", "dbus.service")


def preparer_le_logiciel(chantier: Chantier) -> None:
    """À root, lisible de tous ; compilé une fois, puisqu'un service ne peut pas l'écrire."""
    if not reussit("id", COMPTE):
        appeler(
            *("useradd", "--system", "--user-group", "--shell=/usr/sbin/nologin"),
            *(f"--home-dir={reglages.DONNEES}", "--no-create-home", COMPTE),
        )
    appeler("chown", "-R", "root:root", str(machine.LOGICIEL))
    appeler("chmod", "-R", "a+rX,go-w", str(machine.LOGICIEL))
    if not est_en_service():
        sources = (machine.LOGICIEL / "src", machine.LOGICIEL / ".venv" / "lib")
        appeler(sys.executable, "-m", "compileall", "-qq", "-j0", *map(str, sources))
        appeler("chmod", "-R", "a+rX,go-w", str(machine.LOGICIEL / ".venv"))


def creer_la_base(chantier: Chantier) -> None:
    """Sur cette machine, PostgreSQL reconnaît le compte du service, sans mot de passe."""
    if chantier.choix.base != ICI:
        return
    appeler("systemctl", "enable", "--now", "postgresql")
    en_tant_que_postgres = ("runuser", "--user=postgres", "--")
    appeler(*en_tant_que_postgres, "pg_isready", "--quiet", "--timeout=30")

    def existe(table: str, colonne: str) -> bool:
        question = f"SELECT 1 FROM {table} WHERE {colonne} = '{COMPTE}'"
        return appeler(*en_tant_que_postgres, "psql", "-XAtc", question) == "1"

    if not existe("pg_roles", "rolname"):
        # CREATEDB : l'essai de restauration se fait dans une base à côté.
        appeler(*en_tant_que_postgres, "createuser", "--createdb", COMPTE)
    if not existe("pg_database", "datname"):
        appeler(
            *(*en_tant_que_postgres, "createdb", f"--owner={COMPTE}", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--template=template0", COMPTE),
        )


def poser_les_services(chantier: Chantier) -> None:
    dossier(SAUVEGARDES, mode=0o700, a_qui=COMPTE)
    deploiement = machine.LOGICIEL / "deploiement"
    poser(COMMANDE, (deploiement / "commande" / "beffroi").read_bytes(), mode=0o755)
    for unite in sorted((deploiement / "systemd").iterdir()):
        poser(UNITES / unite.name, unite.read_bytes())
    appeler("systemctl", "daemon-reload")


def mettre_la_base_a_jour(chantier: Chantier) -> None:
    """À l'arrêt, et seulement s'il le faut : une séance d'ouverture n'y survivrait pas."""
    if not est_en_service():
        appeler("systemctl", "stop", *SERVICES)
        appeler(str(COMMANDE), "migrer", "--silencieux")


def demarrer(chantier: Chantier) -> None:
    """Le serveur d'abord : il relit les réglages, et l'ouvrier signerait sous un nom refusé."""
    appeler("systemctl", "enable", "--now", "beffroi@serve")
    preuve.que_le_noeud_serve(chantier.choix)
    appeler("systemctl", "enable", "--now", "beffroi@worker", "beffroi-sauvegarde.timer")
    poser(EN_SERVICE, empreinte_de_ce_qui_sert().encode())


def servir_en_https(chantier: Chantier) -> None:
    frontal.servir(chantier.choix, neuf="certificat" in chantier.dits)
    preuve.que_le_site_reponde(chantier.choix)
    frontal.faire_connaitre_l_autorite(chantier.choix)


def inviter_l_administrateur(chantier: Chantier) -> None:
    """Son lien s'affiche : à la dernière étape, rien ne le fait défiler."""
    organisme, personne = chantier.choix.organisme, chantier.choix.administrateur
    rendu = montrer(
        *(str(COMMANDE), "exploitant", "--si-absent"),
        *("--nom", organisme.nom, "--siret", organisme.siret),
        *("--administrateur", personne.nom, "--courriel", personne.courriel),
    )
    if rendu:
        raise ErreurDeCommande("la raison est au-dessus.")
    appeler("systemctl", "enable", "--now", "beffroi@sonde")


type Etape = tuple[str, Callable[[Chantier], None]]
ETAPES: tuple[Etape, ...] = (
    ("les réglages", ecrire_les_reglages),
    ("les paquets de Debian", installer_les_paquets),
    ("le logiciel et son compte", preparer_le_logiciel),
    ("la base", creer_la_base),
    ("les services", poser_les_services),
    ("la mise à jour de la base", mettre_la_base_a_jour),
    ("le démarrage", demarrer),
    ("le site en https", servir_en_https),
    ("l'administrateur et la sonde", inviter_l_administrateur),
)


def est_en_service() -> bool:
    """Rien n'a changé depuis le dernier démarrage abouti, fût-ce à la main."""
    return EN_SERVICE.exists() and EN_SERVICE.read_text("utf-8") == empreinte_de_ce_qui_sert()


def empreinte_de_ce_qui_sert() -> str:
    """Le code, les réglages, les unités : ce que les services lisent en démarrant."""
    empreinte = hashlib.sha256()
    for fichier in (
        *sorted(machine.LOGICIEL.glob("src/**/*")),
        machine.LOGICIEL / "requirements.lock",
        *sorted(reglages.DOSSIER.glob("*.env")),
        reglages.RACINES,
        *sorted(UNITES.glob("beffroi*")),
    ):
        if fichier.is_file():
            empreinte.update(f"{fichier}\n".encode())
            empreinte.update(fichier.read_bytes())
    return empreinte.hexdigest()
