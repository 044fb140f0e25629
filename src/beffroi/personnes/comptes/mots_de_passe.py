"""Ce qu'un mot de passe ne peut pas être : un mot du service et rien d'autre, ou un mot de passe
déjà volé ailleurs. La longueur et la ressemblance avec la personne sont à Django.
"""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

logger = logging.getLogger(__name__)

# Ce que l'on essaie d'abord chez nous. `docs/exploitants/comptes.md` en donne la liste.
MOTS_DU_SERVICE = (
    "beffroi",
    "commune",
    "mairie",
    "collectivite",
    "centredegestion",
    "cdg",
    "marchespublics",
    "marches",
    "marche",
    "public",
    "acheteur",
    "entreprise",
    "consultation",
    "profil",
    "plateforme",
    "administrateur",
    "admin",
    "motdepasse",
    "bonjour",
    "azerty",
    "qwerty",
)
LETTRES_PROPRES = 6
SIGNES_D_UN_NOM = 4


class SansMotDuService:
    """Les mots du service ôtés, il doit rester assez de lettres à soi (ASVS 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        reste, ote = lettres(password), False
        for mot in sorted([*MOTS_DU_SERVICE, *noms_du_service()], key=len, reverse=True):
            if mot in reste:
                reste, ote = reste.replace(mot, ""), True
        if ote and len(reste) < LETTRES_PROPRES:
            raise ValidationError(
                "Ce mot de passe tient à des mots du service, qu'on essaierait d'abord. "
                "Ajoutez-y des mots qui ne sont qu'à vous.",
                code="mot_du_service",
            )

    def get_help_text(self) -> str:
        return "Un mot du service (beffroi, mairie, marchés…) ne suffit pas."


class JamaisVole:
    """Aucun mot de passe d'une fuite connue, si l'exploitant en tient la liste (ASVS 6.2.12).

    La liste est celle que publie « Have I Been Pwned » : un SHA-1 par ligne, dans l'ordre. Elle se
    lit sur place : rien du mot de passe ne sort, pas même le début de son empreinte.
    """

    def validate(self, password: str, user: Any = None) -> None:
        liste = settings.MOTS_DE_PASSE_VOLES
        if liste is not None and est_vole(password, liste):
            raise ValidationError(
                "Ce mot de passe est dans une fuite publiée : d'autres l'essaieront. "
                "Choisissez-en un autre, ici et partout où il sert.",
                code="mot_de_passe_vole",
            )

    def get_help_text(self) -> str:
        return "Un mot de passe déjà publié dans une fuite est refusé."


def lettres(texte: str) -> str:
    """En minuscules, sans accent, sans chiffre ni signe."""
    separe = unicodedata.normalize("NFKD", texte.casefold())
    return re.sub(r"[^a-z]", "", separe)


def noms_du_service() -> Iterator[str]:
    """Ceux que l'exploitant a réglés : le nom du service, le sien, mot à mot."""
    for nom in (settings.SERVICE["nom"], settings.SERVICE["exploitant"]):
        yield from (m for m in map(lettres, nom.split()) if len(m) >= SIGNES_D_UN_NOM)


def est_vole(mot_de_passe: str, liste: Path) -> bool:
    """Cherche par moitiés dans un fichier trié. Une liste qui ne se lit plus n'enferme personne :
    cela se dit au journal technique.
    """
    # SHA-1 est ce que la liste publie : il ne protège rien ici, il désigne.
    empreinte = hashlib.sha1(mot_de_passe.encode(), usedforsecurity=False).hexdigest()
    try:
        with liste.open("rb") as flux:
            return _contient(flux, empreinte.upper().encode())
    except OSError as cause:
        logger.warning("leaked passwords list unreadable", extra={"cause": str(cause)})
        return False


def _contient(flux: BinaryIO, empreinte: bytes) -> bool:
    """Entre `bas` et `haut`, des débuts possibles de la ligne cherchée."""
    bas, haut = 0, flux.seek(0, 2)
    while bas < haut:
        milieu = (bas + haut) // 2
        debut = _debut_de_ligne(flux, milieu)
        ligne = flux.readline()
        lue = ligne[: len(empreinte)].upper()
        if lue == empreinte:
            return True
        if lue < empreinte:
            bas = debut + len(ligne)
        else:
            haut = debut
    return False


def _debut_de_ligne(flux: BinaryIO, position: int, pas: int = 128) -> int:
    """Le début de la ligne qui couvre cette position ; le flux s'y place."""
    depuis = max(0, position - pas)
    flux.seek(depuis)
    avant = flux.read(position - depuis)
    fin_de_la_precedente = avant.rfind(b"\n")
    debut = depuis + fin_de_la_precedente + 1 if fin_de_la_precedente >= 0 else depuis
    flux.seek(debut)
    return debut
