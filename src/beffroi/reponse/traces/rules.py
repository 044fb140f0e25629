"""Ce qu'une trace peut contenir, et comment une adresse s'y cache."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from formats import tailles

TRACES_PAR_ENVOI = 64
OCTETS_PAR_ENVOI = 32 * 1024
SIGNES_DU_TEXTE, SIGNES_DE_LA_CAUSE, SIGNES_DU_NAVIGATEUR = 500, 80, 200
# Des nombres et des mots de nos propres écrans : rien de ce que la personne a tapé ou choisi.
DETAILS_ADMIS: Mapping[str, type] = {
    "fichier": str,  # la référence que le serveur lui a donnée, jamais son nom
    "taille": int,
    "parties": int,
    "partie": int,
    "essai": int,
    "attente_ms": int,
    "statut": int,
    "version": str,
    "decalage_ms": int,
    "limite": int,
    "connexion_ms": int,
}
# Le serveur seul sait quand une séance s'est ouverte : dit par un navigateur, cela ne se croit pas.
DU_SERVEUR = frozenset({"connexion_ms"})
SIGNES_D_UN_DETAIL = 60
# Au-delà, ce n'est ni une durée, ni une taille, et une division ne sait plus le lire.
NOMBRE_AU_PLUS = 10**15
# Celles qu'une entreprise peut atteindre ; les autres sont dans le JSON.
PHRASES_DES_LIMITES = (
    ("octets_par_reponse", tailles.humaniser, "{} par réponse"),
    ("octets_par_fichier", tailles.humaniser, "{} par fichier"),
    ("fichiers_par_reponse", tailles.nombre, "{} fichiers par réponse"),
    ("octets_d_un_nom", tailles.humaniser, "{} par nom de fichier"),
    ("reponses_en_preparation", tailles.nombre, "{} réponses en préparation"),
    ("jours_de_garde_d_un_brouillon", tailles.nombre, "{} jours de garde d'un brouillon"),
)
_REFERENCE = re.compile(r"[A-Z0-9-]{1,16}")
_CONSULTATION = re.compile(r"[A-Z0-9-]{1,30}")


def est_une_reference(texte: str) -> bool:
    """Ce qui a la forme d'une référence : une adresse inventée n'en a pas, et ne se note pas."""
    return _REFERENCE.fullmatch(texte) is not None


def est_une_consultation(texte: str) -> bool:
    return _CONSULTATION.fullmatch(texte) is not None


def details_admis(donnes: Any) -> dict[str, Any]:
    """Ce qui, d'un envoi du navigateur, a le droit d'entrer : le reste est ignoré."""
    if not isinstance(donnes, dict):
        return {}
    return {
        nom: admis for nom, valeur in donnes.items() if (admis := _admis(nom, valeur)) is not None
    }


def details_du_navigateur(donnes: Any) -> dict[str, Any]:
    """Les mêmes, sans ce que seul le serveur peut dire."""
    return {nom: valeur for nom, valeur in details_admis(donnes).items() if nom not in DU_SERVEUR}


def _admis(nom: str, valeur: Any) -> int | str | None:
    if type(valeur) is not DETAILS_ADMIS.get(nom):
        return None
    if isinstance(valeur, int):
        return valeur if abs(valeur) < NOMBRE_AU_PLUS else None
    return texte_court(valeur, SIGNES_D_UN_DETAIL)


def texte_court(valeur: Any, longueur: int) -> str:
    """Sur une ligne, sans signe invisible, bornée ; vide si ce n'est pas un texte."""
    if not isinstance(valeur, str):
        return ""
    visibles = "".join(signe if signe.isprintable() else " " for signe in valeur)
    return " ".join(visibles.split())[:longueur]


def heure_du_poste(valeur: Any) -> datetime | None:
    """L'heure que le navigateur donne, en millisecondes depuis 1970 ;
    rien si elle n'a pas de sens.
    """
    if type(valeur) is not int or not 0 < valeur < 4_102_444_800_000:  # avant 2100
        return None
    return datetime.fromtimestamp(valeur / 1000, UTC)


def millisecondes(instant: datetime) -> int:
    """Un instant, comme un navigateur le compte : depuis 1970."""
    return int(instant.timestamp() * 1000)


def poste(adresse: str, *, jour: date, secret: bytes) -> str:
    """Une empreinte qui reconnaît un poste dans la journée,
    et n'en redonne jamais l'adresse (RGPD, art. 4, 5).
    """
    cle = hmac.new(secret, f"tentatives/{jour.isoformat()}".encode(), hashlib.sha256).digest()
    return hmac.new(cle, adresse.encode(), hashlib.sha256).hexdigest()[:32] if adresse else ""


def limites_en_phrase(valeurs: Mapping[str, int]) -> str:
    """« 2 Go par réponse, 200 fichiers par réponse »."""
    return ", ".join(
        mots.format(dire(valeurs[nom])) for nom, dire, mots in PHRASES_DES_LIMITES if nom in valeurs
    )
