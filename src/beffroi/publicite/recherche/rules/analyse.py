"""Des mots d'un texte à leurs racines :
la même analyse indexe et cherche, sur SQLite comme sur PostgreSQL.

Replier d'abord (accents, ligatures, apostrophes, casse), raciner ensuite :
« réfections » et « refection » se rejoignent.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

LETTRES_D_UN_MOT = 40
MOTS_D_UNE_FICHE = 2_000
_MOT, _MORCEAU = re.compile(r"[a-z0-9]+"), re.compile(r"[^\W_]+")
# Ce que la décomposition d'Unicode laisse entier.
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
    }
)
_VIDES = frozenset(
    "a afin ai ainsi apres as au aucun aucune aussi autre autres aux avec avoir c car ce ceci cela "
    "celle celles celui ces cet"
    " cette ceux chez ci comme d dans de des donc dont du elle elles en entre est et etre eux fait "
    "hors il ils j je jusqu l la"
    " le les leur leurs lors lui m ma mais me meme memes mes mon n ne ni nos notre nous on ont or "
    "ou par pas pendant pour qu"
    " que quel quelle quelles quels qui s sa sans se selon ses si soit son sont sous sur t ta te "
    "tel telle tes toi ton tous"
    " tout toute toutes tu un une vers vos votre vous y".split()
)
# Les formes que l'algorithme ne rejoint pas à leur singulier.
_FORMES = {
    "balais": "balai",
    "baux": "bail",
    "boyaux": "boyau",
    "cieux": "ciel",
    "coraux": "corail",
    "delais": "delai",
    "emaux": "email",
    "essais": "essai",
    "feux": "feu",
    "jeux": "jeu",
    "joyaux": "joyau",
    "lieux": "lieu",
    "materiaux": "materiau",
    "noyaux": "noyau",
    "publique": "public",
    "publiques": "public",
    "remblais": "remblai",
    "soupiraux": "soupirail",
    "travaux": "travail",
    "tuyaux": "tuyau",
    "vantaux": "vantail",
    "ventaux": "vantail",
    "vitraux": "vitrail",
    "voeux": "voeu",
    "yeux": "oeil",
}
_ESSAIS_DE_RACINE = 6


def replier(texte: str) -> str:
    """Sans accent, sans ligature, sans casse : « L’ŒUVRE » devient « l'oeuvre »."""
    if texte.isascii():
        return texte.lower()
    replie = _sans_accent(texte.translate(_LIGATURES).replace("’", "'")).casefold()
    # Replier la casse peut rendre un accent (« İ ») : on décompose une seconde fois.
    return replie if replie.isascii() else _sans_accent(replie)


def _sans_accent(texte: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(c))


def mots(texte: str) -> list[str]:
    """Les mots d'un texte, repliés, dans l'ordre, mots vides compris."""
    return [mot[:LETTRES_D_UN_MOT] for mot in _MOT.findall(replier(texte))]


def morceaux(texte: str) -> list[str]:
    """Le texte coupé en mots encore écrits comme dans le texte, accents compris."""
    return _MORCEAU.findall(texte)


def corriger(texte: str, corrections: Mapping[str, str]) -> str:
    """Le texte où ces mots entiers, tels qu'ils y sont écrits, en deviennent d'autres."""
    return _MORCEAU.sub(lambda trouve: corrections.get(trouve[0], trouve[0]), texte)


def mots_pleins(texte: str) -> list[str]:
    """Les mots qui disent quelque chose, une fois chacun ; « l », « de », « pour » n'y sont pas."""
    return list(dict.fromkeys(mot for mot in mots(texte) if not est_vide(mot)))


def est_vide(mot: str) -> bool:
    return mot in _VIDES


def racines(texte: str) -> list[str]:
    """Les racines des mots pleins, une fois chacune, dans l'ordre."""
    return list(dict.fromkeys(racine(mot) for mot in mots_pleins(texte)))


def racines_de(textes: Iterable[str]) -> list[str]:
    """Les racines de plusieurs textes, bornées : une fiche démesurée ne pèse pas sur les autres."""
    reunies = dict.fromkeys(trouvee for texte in textes for trouvee in racines(texte))
    return list(reunies)[:MOTS_D_UNE_FICHE]


@lru_cache(maxsize=100_000)
def racine(mot: str) -> str:
    """La racine d'un mot replié ; la racine d'une racine est elle-même."""
    mot = _FORMES.get(mot, mot)
    if any(c.isdigit() for c in mot):
        return mot
    for _ in range(_ESSAIS_DE_RACINE):
        plus_court = _racineur().stemWord(mot)
        if plus_court == mot:
            break
        mot = plus_court
    return mot


@lru_cache(maxsize=1)
def _racineur() -> "BaseStemmer":
    # Ici seulement : la bibliothèque charge trente langues, et peu de commandes cherchent.
    import snowballstemmer

    return snowballstemmer.stemmer("french")
