"""Les serveurs frontaux de `deploiement/`, tels quels : un vrai nginx, un vrai Caddy.

Seuls changent les ports, le certificat et le nœud : ce que chaque fichier demande de changer.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.arbre import RACINE

DEPLOIEMENT = RACINE / "deploiement"
ENVELOPPE_DE_NGINX = """
{qui} daemon off; pid nginx.pid; error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path corps; proxy_temp_path envois; fastcgi_temp_path a; uwsgi_temp_path b;
    scgi_temp_path c;
    include {ici}/beffroi.conf;
}}
"""
# Rien de ce Caddy ne sort du dossier, et rien n'y écoute que ce qu'on lui demande.
REGLAGES_DE_CADDY = "{{\n\tadmin off\n\thttp_port {http}\n\thttps_port {https}\n"


@dataclass(frozen=True)
class Oubli:
    """Une ligne de nos fichiers, et ce qu'un exploitant a écrit à la place ; vide : rien."""

    ligne: str = ""
    a_la_place: str = ""

    def dans(self, texte: str) -> str:
        return texte.replace(self.ligne, self.a_la_place) if self.ligne else texte


RIEN = Oubli()


class FrontalAbsent(RuntimeError):
    """Ce serveur frontal n'est pas sur cette machine."""


def programme(nom: str) -> str:
    voisin = Path(sys.executable).parent / nom
    trouve = voisin.exists() and str(voisin)
    trouve = trouve or shutil.which(nom) or shutil.which(nom, path="/usr/sbin")
    if not trouve:
        raise FrontalAbsent(f"{nom} n'est pas sur cette machine : son fichier n'a pas été joué.")
    return trouve


def un_certificat(dossier: Path, *noms: str) -> None:
    """Pour ces noms, ou pour cette machine."""
    noms = noms or ("localhost",)
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", f"/CN={noms[0]}"),
            *("-addext", "subjectAltName=" + ",".join(f"DNS:{nom}" for nom in noms)),
            *("-keyout", dossier / "cle.pem", "-out", dossier / "chaine.pem"),
        ],
        check=True,
        capture_output=True,
    )


def nginx(
    dossier: Path,
    ports: Mapping[int, int],
    autres: Sequence[int] = (),
    oubli: Oubli = RIEN,
) -> subprocess.Popen[bytes]:
    """nginx, dont les ports 80, 443 et 8000 deviennent ceux-là ; et les nœuds qui s'y ajoutent."""
    regler_nginx(dossier, ports, autres, oubli)
    return lancer(commande_de_nginx(dossier), dossier, {})


def commande_de_nginx(dossier: Path) -> list[str]:
    return [programme("nginx"), "-p", str(dossier), "-c", str(dossier / "nginx.conf")]


def regler_nginx(
    dossier: Path,
    ports: Mapping[int, int],
    autres: Sequence[int] = (),
    oubli: Oubli = RIEN,
) -> None:
    """Écrit ses réglages ; s'il tourne, il les reprend par `-s reload`."""
    texte = (DEPLOIEMENT / "nginx" / "beffroi.conf").read_text("utf-8")
    texte = texte.replace("marches.exemple.fr", "localhost")
    texte = texte.replace("/etc/ssl/beffroi", str(dossier))
    texte = texte.replace("/var/log/nginx", str(dossier))
    texte = re.sub(r"listen \[::\].*\n", "", texte)
    second = re.search(r"# (server )10\.0\.0\.2:8000( .*)", texte)
    assert second, "beffroi.conf ne montre plus comment ajouter un nœud"
    ajoutes = (f"{second[1]}127.0.0.1:{port}{second[2]}" for port in autres)
    texte = texte.replace(second[0], "\n    ".join(ajoutes))
    for avant, apres in ports.items():
        texte = re.sub(rf"(listen |127\.0\.0\.1:){avant}\b", rf"\g<1>{apres}", texte)
    (dossier / "beffroi.conf").write_text(oubli.dans(texte), "utf-8")
    mene = (DEPLOIEMENT / "nginx" / "beffroi_proxy.conf").read_text("utf-8")
    (dossier / "beffroi_proxy.conf").write_text(oubli.dans(mene), "utf-8")
    # Lancé par root, il deviendrait un compte qui n'écrit pas dans ce dossier.
    qui = "user root;" if os.getuid() == 0 else ""
    enveloppe = ENVELOPPE_DE_NGINX.format(ici=dossier, qui=qui)
    (dossier / "nginx.conf").write_text(enveloppe, "utf-8")


def caddy(
    dossier: Path,
    ports: Mapping[int, int],
    autres: Sequence[int] = (),
    oubli: Oubli = RIEN,
) -> subprocess.Popen[bytes]:
    """Caddy, réglé par son environnement ; les ports sont ceux de ses réglages généraux."""
    texte = (DEPLOIEMENT / "caddy" / "Caddyfile").read_text("utf-8")
    debut = REGLAGES_DE_CADDY.format(http=ports[80], https=ports[443])
    texte = re.sub(r"^\{\n", debut, texte, count=1, flags=re.MULTILINE)
    (dossier / "Caddyfile").write_text(oubli.dans(texte), "utf-8")
    binaire = programme("caddy")
    environnement = {
        "HOME": str(dossier),
        "XDG_DATA_HOME": str(dossier),
        "BEFFROI_NOM": "localhost",
        "BEFFROI_NOEUDS": " ".join(f"127.0.0.1:{port}" for port in (ports[8000], *autres)),
        "BEFFROI_CERTIFICAT": f"{dossier / 'chaine.pem'} {dossier / 'cle.pem'}",
        "BEFFROI_TAMPON": "tampon_2_6" if est_ancien(binaire) else "tampon",
    }
    commande = [binaire, "run", "--config", str(dossier / "Caddyfile"), "--adapter", "caddyfile"]
    return lancer(commande, dossier, environnement)


def est_ancien(binaire: str) -> bool:
    """Le Caddy de Debian 13, d'avant `request_buffers`."""
    dite = subprocess.run([binaire, "version"], check=True, capture_output=True, text=True).stdout
    return dite.removeprefix("v").startswith("2.6.")


def lancer(
    commande: list[str], dossier: Path, environnement: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        commande,
        stdout=subprocess.DEVNULL,
        stderr=(dossier / f"{Path(commande[0]).name}.log").open("wb"),
        start_new_session=True,
        env={"PATH": "/usr/bin:/bin", **environnement},
    )


FRONTAUX = {"nginx": nginx, "caddy": caddy}
