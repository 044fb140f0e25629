"""Les documents : des noms qui ne surprennent personne, des tailles annoncées."""

import re
import unicodedata
from pathlib import PurePosixPath

from droit.decision import Decision, Motif

OCTETS_MAXIMUM_D_UN_DOCUMENT = 2_000_000_000
LONGUEUR_D_UN_NOM = 120

_REMPLACES = re.compile(r'[\\/:*?"<>|]+')


def nom_sur(nom: str) -> str:
    """Le nom tel qu'on le garde :
    sans chemin, sans caractère invisible, sans signe que Windows refuse.
    """
    dernier = PurePosixPath(nom.replace("\\", "/")).name
    visible = "".join(
        c for c in unicodedata.normalize("NFC", dernier) if unicodedata.category(c)[0] != "C"
    )
    propre = _REMPLACES.sub("_", visible).strip(" .") or "document"
    return _raccourcir(propre)


def _raccourcir(nom: str) -> str:
    if len(nom) <= LONGUEUR_D_UN_NOM:
        return nom
    extension = PurePosixPath(nom).suffix[:10]
    return nom[: LONGUEUR_D_UN_NOM - len(extension)] + extension


def format_affiche(nom: str) -> str:
    """« PDF », « ZIP » : l'extension en capitales, ou « fichier »."""
    extension = PurePosixPath(nom).suffix.removeprefix(".")
    return extension.upper() if extension.isalnum() else "fichier"


def document_recevable(*, nom: str, taille: int) -> Decision:
    """Un document a un contenu et reste sous la limite annoncée."""
    trop_gros = taille > OCTETS_MAXIMUM_D_UN_DOCUMENT
    return Decision.selon(
        Motif(f"Le fichier « {nom} » est vide. Choisissez le bon fichier.")
        if taille == 0
        else None,
        Motif(f"Le fichier « {nom} » dépasse 2 Go. Découpez-le en plusieurs documents.")
        if trop_gros
        else None,
    )


def noms_distincts(noms: list[str]) -> list[str]:
    """Deux documents de même nom ne s'écrasent pas dans le dossier : « plan (2).pdf »."""
    vus: dict[str, int] = {}
    distincts = []
    for nom in noms:
        cle = nom.casefold()
        vus[cle] = vus.get(cle, 0) + 1
        chemin = PurePosixPath(nom)
        distincts.append(nom if vus[cle] == 1 else f"{chemin.stem} ({vus[cle]}){chemin.suffix}")
    return distincts
