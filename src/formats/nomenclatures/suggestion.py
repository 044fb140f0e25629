"""Proposer un code CPV d'après les mots de la personne :
« toiture », « cantine », « fourniture de papier ».

Les mots se comparent sans accent ni pluriel, aux libellés de la nomenclature et à notre table des
mots d'une commune. Sans la liste entière, on propose des groupes ; avec elle, des codes précis. Ce
sont des propositions : la personne choisit.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.nomenclatures.cpv import LONGUEUR, Code, abregee

TABLE = Path(__file__).with_name("mots.toml")
PROPOSITIONS = 8
# Un mot de notre table désigne son groupe plus sûrement qu'un mot de libellé,
# qui sert souvent à plusieurs.
POIDS_DE_NOTRE_TABLE = 9.0
POIDS_DE_LA_NATURE = 1.5
# « entretien », « gestion » sont dans mille libellés : ils orientent, ils ne désignent pas.
PART_D_UN_MOT_DE_NATURE = 0.25
TETE = 1.2
# Des mots que tout achat emploie : ils ne désignent rien.
VIDES = frozenset(
    "a au aux avec ce ces ci cette d dans de des divers du elle en et hors il l la le les leur "
    "marche n ne ou par pas plus pour"
    " qu que s sa sans ses son sur un une achat acquisition service prestation commune mairie "
    "communal municipal connexe autre"
    " y compris relatif excepte exclusion lot produit bon commande".split()
)
# Un mot qui dit la nature de l'achat, et les débuts de code qu'il favorise.
NATURES = {
    "travail": ("45",),
    "refection": ("45",),
    "construction": ("45",),
    "renovation": ("45",),
    "amenagement": ("45",),
    "remplacement": ("45",),
    "creation": ("45",),
    "pose": ("45",),
    "fourniture": ("0", "1", "2", "3", "40", "41", "42", "43", "44", "48"),
    "livraison": ("0", "1", "2", "3", "40", "41", "42", "43", "44", "48"),
    "maintenance": ("50",),
    "reparation": ("50",),
    "entretien": ("50", "77", "90"),
    "location": ("3", "45", "60"),
    "gestion": ("5", "6", "8", "9"),
}
PLURIELS_IRREGULIERS = {"travaux": "travail", "vitraux": "vitrail", "yeux": "oeil"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """Un code proposé, du plus probable au moins probable.

    `points` n'a de sens que pour les comparer.
    """

    code: str
    libelle: str
    points: float


def proposer(
    demande: str, *, complete: tuple[Code, ...] = (), nombre: int = PROPOSITIONS
) -> list[Proposition]:
    """Les codes que ces mots désignent ; rien si aucun mot n'est connu."""
    mots = _mots(demande)
    if not mots:
        return []
    index = _index(complete or abregee())
    par_groupe = _points_de_nos_mots(mots)
    propositions = [
        Proposition(code=code.code, libelle=code.libelle, points=points)
        for code in (complete or abregee())
        if (points := _points(code, mots, index, par_groupe)) > 0
    ]
    return sorted(propositions, key=lambda p: (-p.points, len(p.code.rstrip("0")), p.code))[:nombre]


@dataclass(frozen=True, slots=True)
class _Index:
    """Les mots de chaque libellé, et la rareté de chaque mot : un mot rare désigne mieux."""

    libelles: dict[str, tuple[str, ...]]
    rarete: dict[str, float]


@cache
def _index(codes: tuple[Code, ...]) -> _Index:
    libelles = {code.code: _mots(code.libelle) for code in codes}
    frequences = Counter(mot for mots in libelles.values() for mot in mots)
    return _Index(
        libelles, {mot: math.log(1 + len(codes) / combien) for mot, combien in frequences.items()}
    )


def _points(
    code: Code, mots: tuple[str, ...], index: _Index, par_groupe: dict[str, float]
) -> float:
    libelle = index.libelles[code.code]
    communs = [mot for mot in mots if mot in libelle]
    points = sum(
        index.rarete[mot] * (PART_D_UN_MOT_DE_NATURE if mot in NATURES else 1) for mot in communs
    )
    if points:
        # À mots égaux, le libellé le plus court est le plus juste.
        points *= 1 + 1 / (1 + len(libelle))
        # En français, le premier mot dit la chose :
        # « papier à lettres » est du papier, « presse-papiers » n'en est pas.
        points *= TETE if libelle[0] in communs else 1
    points += par_groupe.get(code.code[:3], 0.0)
    if not points:
        return 0.0
    favorises = [debuts for mot in mots if (debuts := NATURES.get(mot))]
    return points + POIDS_DE_LA_NATURE * sum(code.code.startswith(debuts) for debuts in favorises)


def _points_de_nos_mots(mots: tuple[str, ...]) -> dict[str, float]:
    """Les groupes que notre table désigne ;
    une expression de plusieurs mots pèse plus qu'un mot seul.
    """
    presents = set(mots)
    points: dict[str, float] = {}
    for groupe, expressions in _table().items():
        poids = max((math.sqrt(len(e)) for e in expressions if e <= presents), default=0.0)
        if poids:
            points[groupe] = POIDS_DE_NOTRE_TABLE * poids
    return points


@cache
def _table() -> dict[str, tuple[frozenset[str], ...]]:
    brute = tomllib.loads(TABLE.read_text("utf-8"))["mots"]
    return {
        groupe: tuple(frozenset(_mots(expression)) for expression in dites)
        for groupe, dites in brute.items()
    }


def _mots(texte: str) -> tuple[str, ...]:
    """Les mots d'un texte, sans accent, sans pluriel, sans les mots vides, chacun une fois."""
    plat = unicodedata.normalize("NFD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    sans_accent = "".join(c for c in plat if not unicodedata.combining(c))
    singuliers = (
        _singulier(mot) for mot in re.findall(r"[a-z0-9]+", sans_accent) if mot not in VIDES
    )
    return tuple(dict.fromkeys(mot for mot in singuliers if mot not in VIDES and len(mot) > 1))


def _singulier(mot: str) -> str:
    if mot in PLURIELS_IRREGULIERS:
        return PLURIELS_IRREGULIERS[mot]
    if mot.endswith("eaux"):
        return mot[:-1]
    if mot.endswith("aux") and len(mot) > 4:
        return f"{mot[:-3]}al"
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot


def groupe_de(code: str) -> str:
    """Le groupe d'un code, sur huit chiffres."""
    return code[:3].ljust(LONGUEUR, "0")
