"""Des choix aux réglages, et le fichier que systemd en lit.

Le fichier est à l'exploitant : on y ajoute ce qui manque, on n'y change que ce qu'il vient de dire.
"""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation.choix import ICI, SQLITE, Choix, Horodatage, Smtp

DOSSIER = Path("/etc/beffroi")
RACINES = DOSSIER / "racines-de-l-horodatage.pem"
DONNEES = Path("/var/lib/beffroi")
# Celui qui appelle est le compte du service, que PostgreSQL reconnaît (peer) : aucun mot de passe.
ADRESSES = {ICI: "postgresql:///beffroi?host=/var/run/postgresql", SQLITE: ""}
# Une fois en service, le nom du registre ne change plus, quand bien même le site en changerait.
DURABLES = frozenset({"BEFFROI_JOURNAL_ORIGINE"})
SIMPLE = re.compile(r"[\w./:@,+?=-]*", re.ASCII)
EN_TETE = """\
# Les réglages de Beffroi, à vous : « beffroi installer » y ajoute ce qui manque, et n'en change
# que ce que vous lui dites. Tous : /opt/beffroi/docs/exploitants/configuration.md.
# Après un changement : /opt/beffroi/beffroi installer, ou systemctl restart 'beffroi@*'
"""


def reglages_de(choix: Choix) -> dict[str, dict[str, str]]:
    """Les réglages que donne chaque choix, sous son nom."""
    return {
        "site": {
            "BEFFROI_ADRESSE": f"https://{choix.site}",
            "BEFFROI_HOTES": choix.site,
            "BEFFROI_JOURNAL_ORIGINE": f"{choix.site}/journal",
            "BEFFROI_DONNEES": str(DONNEES),
            "BEFFROI_SERVEURS_FRONTAUX": "1",
            # Les autorités de la machine, et celles que l'exploitant y ajoute.
            "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
        },
        "organisme": {"BEFFROI_EXPLOITANT": choix.organisme.nom},
        "administrateur": {"BEFFROI_EXPEDITEUR": f"ne-pas-repondre@{choix.administrateur.domaine}"},
        "courriel": du_courriel(choix.courriel),
        "horodatage": de_l_horodatage(choix.horodatage),
        "base": {"BEFFROI_BASE_DE_DONNEES": ADRESSES.get(choix.base, choix.base)},
    }


def du_courriel(smtp: Smtp | None) -> dict[str, str]:
    if smtp is None:
        return {"BEFFROI_COURRIEL": "fichiers"}
    return {
        "BEFFROI_COURRIEL": "smtp",
        "BEFFROI_SMTP_HOTE": smtp.hote,
        "BEFFROI_SMTP_PORT": str(smtp.port),
        "BEFFROI_SMTP_TLS": "oui" if smtp.est_chiffre else "non",
        "BEFFROI_SMTP_COMPTE": smtp.compte,
        "BEFFROI_SMTP_MOT_DE_PASSE": smtp.mot_de_passe,
    }


def de_l_horodatage(service: Horodatage | None) -> dict[str, str]:
    if service is None:
        return {"BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui"}
    return {
        "BEFFROI_TSA": service.adresses,
        "BEFFROI_TSA_RACINES": str(RACINES),
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "non",
    }


def completer(
    texte: str, choix: Choix, *, dits: Collection[str], figes: Collection[str] = DURABLES
) -> str:
    """Le fichier, avec ce qui y manquait ; les choix que l'on vient de dire l'emportent sur lui."""
    lignes = (texte or EN_TETE).splitlines()
    for nom, reglages in reglages_de(choix).items():
        for cle, valeur in reglages.items():
            lignes = poser(lignes, cle, valeur, remplace=nom in dits and cle not in figes)
    return "\n".join(lignes) + "\n"


def poser(lignes: list[str], cle: str, valeur: str, *, remplace: bool) -> list[str]:
    ligne = f"{cle}={entre_guillemets(valeur)}"
    if not any(une.startswith(f"{cle}=") for une in lignes):
        return [*lignes, ligne]
    return [ligne if remplace and une.startswith(f"{cle}=") else une for une in lignes]


def entre_guillemets(valeur: str) -> str:
    """Ce que systemd relira tel quel (systemd.exec, EnvironmentFile=)."""
    if not valeur.isprintable():
        raise ErreurDeCommande("un réglage tient sur une ligne, sans signe invisible.")
    if SIMPLE.fullmatch(valeur):
        return valeur
    return '"' + re.sub(r'(["\\$`])', r"\\\1", valeur) + '"'


def de_caddy(choix: Choix, *, est_ancien: bool) -> str:
    """Ce que le Caddyfile lit de son environnement, en complément de l'unité de Debian."""
    reglages: Mapping[str, str] = {
        "BEFFROI_NOM": choix.site,
        "BEFFROI_CERTIFICAT": "internal" if choix.certificat == "interne" else "",
        "BEFFROI_TAMPON": "tampon_2_6" if est_ancien else "tampon",
    }
    dites = [f"Environment={nom}={valeur}\n" for nom, valeur in reglages.items() if valeur]
    return "[Service]\n" + "".join(dites)
