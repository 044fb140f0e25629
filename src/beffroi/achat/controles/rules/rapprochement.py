"""Rapprocher les critères qu'un règlement écrit de ceux que la consultation a,
par leurs mots puis par leur poids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from beffroi.achat.relectures.rules.reperage import (
    Bareme,
    CritereDuBareme,
    CritereEcrit,
    Trouvaille,
    plier,
)
from droit.achat import Critere

_MOT = re.compile(r"[a-z]{4,}")
_VIDES = {
    "critere",
    "criteres",
    "offre",
    "offres",
    "pour",
    "dans",
    "avec",
    "prestations",
    "propose",
    "proposee",
    "note",
    "valeur",
}
_SYNONYMES = {
    "cout": "prix",
    "tarif": "prix",
    "montant": "prix",
    "delais": "delai",
    "environnement": "environnementale",
    "environnemental": "environnementale",
    "environnementales": "environnementale",
    "ecologique": "environnementale",
    "environnementaux": "environnementale",
    "techniques": "technique",
}
_MAL_LU = "Les critères du règlement sont peut-être mal reconnus."
AUTRES_MOTS = "Le règlement peut le nommer autrement."


@dataclass(frozen=True)
class Rapprochement:
    """Un désaccord : un poids qui diffère,
    un critère absent du règlement, ou un critère en trop.
    """

    sorte: Literal["poids", "absent", "en trop"]
    nom: str
    ou: Trouvaille[CritereEcrit]
    trouve: Decimal = Decimal(0)
    attendu: Decimal = Decimal(0)
    doute: str = ""


def rapprocher(bareme: Bareme, attendus: tuple[Critere, ...]) -> Iterator[Rapprochement]:
    """Les désaccords d'un barème.

    Un barème sur vingt se compare à proportion ; un nom inconnu laisse un doute.
    """
    if bareme.unite == "coefficient":
        return
    echelle = (
        Decimal(100) / bareme.somme
        if bareme.somme in {Decimal(20), Decimal(10), Decimal(1)}
        else Decimal(1)
    )
    restants = list(bareme.criteres)
    sans_nom: list[Critere] = []
    for critere in attendus:
        ecrit = next(
            (lu for lu in restants if _se_ressemblent(critere.nom, lu.critere.valeur.nom)), None
        )
        if ecrit is None:
            sans_nom.append(critere)
            continue
        restants.remove(ecrit)
        poids = ecrit.critere.valeur.poids * echelle
        if not _convient(poids, critere):
            yield Rapprochement(
                "poids",
                critere.nom,
                ecrit.critere,
                poids,
                critere.poids or Decimal(0),
                _doute(bareme, attendus),
            )
    yield from _sans_nom_commun(sans_nom, restants, echelle, bareme)


def _sans_nom_commun(
    attendus: list[Critere], ecrits: list[CritereDuBareme], echelle: Decimal, bareme: Bareme
) -> Iterator[Rapprochement]:
    """Un même poids sous un autre nom est sans doute le même critère."""
    for critere in attendus:
        pareil = next(
            (lu for lu in ecrits if _convient(lu.critere.valeur.poids * echelle, critere)), None
        )
        if pareil:
            ecrits.remove(pareil)
        else:
            yield Rapprochement(
                "absent", critere.nom, bareme.criteres[0].critere, doute=AUTRES_MOTS
            )
    for ecrit in ecrits:
        yield Rapprochement("en trop", ecrit.critere.valeur.nom, ecrit.critere, doute=AUTRES_MOTS)


def _doute(bareme: Bareme, attendus: tuple[Critere, ...]) -> str:
    """Un barème entier et du même nombre de critères est bien lu ; sinon, on n'en jurerait pas."""
    entier = bareme.somme in {Decimal(100), Decimal(20), Decimal(10), Decimal(1)}
    return "" if entier and len(bareme.criteres) == len(attendus) else _MAL_LU


def _convient(poids: Decimal, critere: Critere) -> bool:
    bas = critere.poids or Decimal(0)
    return bas <= poids <= (critere.poids_maximal or bas)


def _se_ressemblent(un: str, autre: str) -> bool:
    return bool(mots(un) & mots(autre))


def mots(nom: str) -> set[str]:
    return {_SYNONYMES.get(mot, mot) for mot in _MOT.findall(plier(nom))} - _VIDES
