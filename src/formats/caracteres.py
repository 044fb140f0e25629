"""Les textes venus d'ailleurs (noms de fichiers,
d'entreprises) rendus lisibles et sans piège sur papier.

Un caractère invisible, de direction ou absent de nos polices s'écrit par son code :
⟨U+202E⟩. Le PDF/A refuse tout caractère sans dessin, et un récépissé ne doit jamais manquer
à cause d'un nom de fichier.
"""

import re
import struct
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

POLICES = Path(__file__).parent / "polices"

_POLICE_DE_SECOURS = POLICES / "DejaVuSans.ttf"
_CATEGORIES_INVISIBLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SUITES = re.compile(r"[^-_/\\ ,;+@]+[-_/\\ ,;+@]?|[-_/\\ ,;+@]")
_SUITE_INSECABLE = 14
_TRONCON = 8


@cache
def _couverture() -> frozenset[int]:
    """Les caractères de la police de secours (table cmap,
    format 12), qui contient toutes les autres.
    """
    octets = _POLICE_DE_SECOURS.read_bytes()
    cmap = _table(octets, b"cmap")
    (nombre,) = struct.unpack_from(">H", octets, cmap + 2)
    couverts: set[int] = set()
    for rang in range(nombre):
        (decalage,) = struct.unpack_from(">4xI", octets, cmap + 4 + 8 * rang)
        couverts.update(_codes_format_12(octets, cmap + decalage))
    return frozenset(couverts)


def _table(octets: bytes, nom: bytes) -> int:
    (nombre,) = struct.unpack_from(">4xH", octets)
    for rang in range(nombre):
        etiquette, debut = struct.unpack_from(">4s4xI4x", octets, 12 + 16 * rang)
        if etiquette == nom:
            return int(debut)
    raise ValueError(f"La police de secours n'a pas de table {nom!r}.")


def _codes_format_12(octets: bytes, debut: int) -> set[int]:
    (version,) = struct.unpack_from(">H", octets, debut)
    if version != 12:
        return set()
    (nombre,) = struct.unpack_from(">12xI", octets, debut)
    groupes = struct.iter_unpack(">III", octets[debut + 16 : debut + 16 + 12 * nombre])
    return {code for premier, dernier, _ in groupes for code in range(premier, dernier + 1)}


def _est_visible(caractere: str) -> bool:
    return unicodedata.category(caractere) not in _CATEGORIES_INVISIBLES


def _est_dessinable(caractere: str) -> bool:
    return _est_visible(caractere) and ord(caractere) in _couverture()


def _remplacer(texte: str, *, garder: Callable[[str], bool]) -> str:
    compose = unicodedata.normalize("NFC", texte)
    return "".join(c if garder(c) else f"⟨U+{ord(c):04X}⟩" for c in compose)


def visible(texte: str) -> str:
    """Le texte en forme composée,
    chaque caractère invisible remplacé par son code : pour un tableur.
    """
    return _remplacer(texte, garder=_est_visible)


def lisible(texte: str) -> str:
    """De même, et aussi pour les caractères que nos polices ne dessinent pas : pour un PDF."""
    return _remplacer(texte, garder=_est_dessinable)


def morceaux(texte: str) -> list[str]:
    """Un nom lisible, découpé là où la ligne peut se couper, sans ajouter de caractère au texte."""
    coupes: list[str] = []
    for suite in _SUITES.findall(lisible(texte)):
        coupes.extend(_troncons(suite) if len(suite) > _SUITE_INSECABLE else [suite])
    return coupes or [""]


def _troncons(suite: str) -> list[str]:
    """Une suite trop longue pour sa colonne,
    coupée sans séparer un signe combinant de sa lettre.
    """
    troncons = [""]
    for caractere in suite:
        if len(troncons[-1]) >= _TRONCON and not unicodedata.combining(caractere):
            troncons.append("")
        troncons[-1] += caractere
    return troncons


def groupes(empreinte: str) -> list[str]:
    """Une empreinte hexadécimale par groupes de huit chiffres."""
    return [empreinte[i : i + 8] for i in range(0, len(empreinte), 8)]
