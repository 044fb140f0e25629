"""Le paquet des clés que tous les nœuds d'une base partagent : un fichier age, fermé par un code.

Le code a cent bits : il se dicte au téléphone, et ne s'essaie pas.
"""

import base64
import io
import json
import secrets
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.socle.fondations.cles_du_service import PRECEDENTES
from sceau import Identity, Recipient, SealError, seal, unseal

FORMAT = "beffroi.cles-d-un-noeud/1"
# Sans les lettres et les chiffres qui se confondent.
LETTRES = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPES, LETTRES_D_UN_GROUPE = 5, 4
CLE_DU_SERVICE = "django.txt"
CLE_DU_REGISTRE = "journal.txt"
PARTAGES = (CLE_DU_REGISTRE, "horodatage.pem", CLE_DU_SERVICE)
# Ce qui mène de la clé du registre d'avant à celle-ci, quand elle a changé.
RELEVE = "journal-releve.json"
# Ce que coûte un essai du code (scrypt) : un tiers de seconde, cent vingt-huit mégaoctets.
TRAVAIL = 17
AUTORITES_D_AVANT = "horodatages-precedents"
DOSSIERS = (AUTORITES_D_AVANT, PRECEDENTES)


def nouveau_code() -> str:
    groupes = (
        "".join(secrets.choice(LETTRES) for _ in range(LETTRES_D_UN_GROUPE)) for _ in range(GROUPES)
    )
    return "-".join(groupes)


def normaliser(code: str) -> str:
    """Tel qu'il se dicte : les espaces, les tirets et la casse ne comptent pas."""
    lettres = "".join(lettre for lettre in code.upper() if lettre in LETTRES)
    coupes = range(0, len(lettres), LETTRES_D_UN_GROUPE)
    return "-".join(lettres[debut : debut + LETTRES_D_UN_GROUPE] for debut in coupes)


def composer(dossier: Path, *, cle_du_service: str, code: str) -> bytes:
    """Les clés de ce dossier, scellées ; la clé du service, qu'elle vienne d'ici ou d'ailleurs."""
    fichiers = [dossier / nom for nom in (*PARTAGES, RELEVE) if nom != CLE_DU_SERVICE]
    for nom in DOSSIERS:
        fichiers += sorted((dossier / nom).glob("*"))
    contenus = {
        fichier.relative_to(dossier).as_posix(): base64.b64encode(fichier.read_bytes()).decode()
        for fichier in fichiers
        if fichier.exists()
    }
    contenus[CLE_DU_SERVICE] = base64.b64encode(cle_du_service.encode()).decode()
    clair = json.dumps({"format": FORMAT, "fichiers": contenus}).encode()
    scelle = io.BytesIO()
    seal(io.BytesIO(clair), scelle, to=Recipient.from_passphrase(code, work_factor=TRAVAIL))
    return scelle.getvalue()


def ouvrir(paquet: bytes, *, code: str) -> dict[str, bytes]:
    """Les clés, sous leur nom ; une phrase si le code n'est pas le sien."""
    clair = io.BytesIO()
    try:
        unseal(io.BytesIO(paquet), clair, [Identity.from_passphrase(normaliser(code) or " ")])
        lu = json.loads(clair.getvalue())
        if lu["format"] != FORMAT:
            raise ValueError(lu["format"])
        return {
            nom: base64.b64decode(contenu, validate=True)
            for nom, contenu in lu["fichiers"].items()
            if est_attendu(nom)
        }
    except (SealError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise ErreurDeCommande(
            "ce paquet ne s'ouvre pas avec ce code. Vérifiez-le lettre à lettre ; ou refaites un "
            "paquet : « ./beffroi noeud ajouter » en donne un neuf."
        ) from cause


def est_attendu(nom: str) -> bool:
    """Un nom que nous écrivons : jamais un chemin qui sortirait du dossier des clés."""
    dossier, _, fichier = nom.rpartition("/")
    return nom in (*PARTAGES, RELEVE) or (dossier in DOSSIERS and fichier not in {"", ".", ".."})
