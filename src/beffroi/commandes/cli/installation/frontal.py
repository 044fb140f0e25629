"""Poser le serveur frontal : les fichiers de `deploiement`, où seul le nom du site change."""

from pathlib import Path

from beffroi.commandes.cli.installation import reglages
from beffroi.commandes.cli.installation.choix import INTERNE, Certificat, Choix
from beffroi.commandes.cli.installation.systeme import appeler, dossier, poser, reussit

DEPLOIEMENT = Path(__file__).resolve().parents[5] / "deploiement"
NOM_A_CHANGER = "marches.exemple.fr"
CADDYFILE = Path("/etc/caddy/Caddyfile")
COMPLEMENT_DE_CADDY = Path("/etc/systemd/system/caddy.service.d/beffroi.conf")
SITE_DE_NGINX = Path("/etc/nginx/conf.d/beffroi.conf")
CERTIFICAT = Path("/etc/ssl/beffroi")
AUTORITE_ADMISE = Path("/usr/local/share/ca-certificates/beffroi-caddy.crt")
AUTORITE_DE_CADDY = Path("/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt")


def servir(choix: Choix, *, neuf: bool) -> None:
    """Le frontal que demande le certificat, et lui seul ; `neuf` : il vient d'être donné."""
    if isinstance(choix.certificat, Certificat):
        laisser("caddy", CADDYFILE)
        servir_par_nginx(choix, choix.certificat, neuf=neuf)
    else:
        laisser("nginx", SITE_DE_NGINX)
        servir_par_caddy(choix)


def laisser(service: str, fichier: Path) -> None:
    """L'autre frontal rend la place, si c'est nous qui l'avions posé."""
    if fichier.exists() and b"BEFFROI_SERVEURS_FRONTAUX" in fichier.read_bytes():
        appeler("systemctl", "disable", "--now", service)


def servir_par_caddy(choix: Choix) -> None:
    d_origine = CADDYFILE.with_suffix(".d-origine")
    if CADDYFILE.exists() and not d_origine.exists():
        poser(d_origine, CADDYFILE.read_bytes())
    est_ancien = appeler("caddy", "version").removeprefix("v").startswith("2.6.")
    dossier(COMPLEMENT_DE_CADDY.parent, mode=0o755)
    complement = reglages.de_caddy(choix, est_ancien=est_ancien).encode()
    change = poser(CADDYFILE, (DEPLOIEMENT / "caddy" / "Caddyfile").read_bytes())
    change = poser(COMPLEMENT_DE_CADDY, complement) or change
    appeler("systemctl", "daemon-reload")
    appeler("systemctl", "enable", "caddy")
    # Il lit son environnement au démarrage : un rechargement ne suffirait pas.
    if change or not reussit("systemctl", "is-active", "--quiet", "caddy"):
        appeler("systemctl", "restart", "caddy")


def faire_connaitre_l_autorite(choix: Choix) -> None:
    """Celle d'ici, à cette machine : la sonde passe par le site, comme une entreprise."""
    if choix.certificat == INTERNE and poser(AUTORITE_ADMISE, AUTORITE_DE_CADDY.read_bytes()):
        appeler("update-ca-certificates")


def servir_par_nginx(choix: Choix, certificat: Certificat, *, neuf: bool) -> None:
    dossier(CERTIFICAT, mode=0o700)
    for nom, source in (("chaine.pem", certificat.chaine), ("cle.pem", certificat.cle)):
        if neuf or not (CERTIFICAT / nom).exists():
            poser(CERTIFICAT / nom, source.read_bytes(), mode=0o600)
    poser(SITE_DE_NGINX, site_de_nginx(choix.site).encode())
    en_tetes = DEPLOIEMENT / "nginx" / "beffroi_proxy.conf"
    poser(Path("/etc/nginx/beffroi_proxy.conf"), en_tetes.read_bytes())
    appeler("nginx", "-t")
    appeler("systemctl", "enable", "nginx")
    appeler("systemctl", "reload-or-restart", "nginx")


def site_de_nginx(site: str) -> str:
    texte = (DEPLOIEMENT / "nginx" / "beffroi.conf").read_text("utf-8")
    return texte.replace(NOM_A_CHANGER, site)
