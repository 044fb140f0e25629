"""Le tribunal administratif d'une collectivité, d'après son département (CJA, art. R. 221-3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from droit.en_vigueur import Droit, DroitInconnu


@dataclass(frozen=True)
class Tribunal:
    """Un tribunal, et comment le joindre si on l'a lu."""

    siege: str
    greffe: str

    @property
    def nom(self) -> str:
        """« tribunal administratif d'Amiens »."""
        return f"tribunal administratif {'d’' if self.siege[0] in 'AEÉIOUY' else 'de '}{self.siege}"

    @property
    def telephone(self) -> str:
        return self._lu(r"téléphone ([\d ]+\d)")

    @property
    def courriel(self) -> str:
        return self._lu(r"courriel (\S+@\S+)")

    def _lu(self, forme: str) -> str:
        trouve = re.search(forme, self.greffe)
        return trouve.group(1) if trouve else ""


def competent(droit: Droit, code_postal: str) -> Tribunal | None:
    """Rien hors de métropole, sans code postal, ou à une date que les tables ne connaissent pas."""
    departement = code_postal[:2]
    trouves = (tribunal for tribunal, ressort in _ressorts(droit) if departement in ressort.split())
    return next(trouves, None) if len(code_postal) == 5 else None


def nomme(droit: Droit, nom: str) -> Tribunal | None:
    """Celui des tables qui porte ce nom, à la majuscule près ;
    rien si l'acheteur en a nommé un autre.
    """
    cherche = nom.strip().lower().replace("'", "’")
    return next(
        (tribunal for tribunal, _ in _ressorts(droit) if tribunal.nom.lower() == cherche), None
    )


def _ressorts(droit: Droit) -> Iterator[tuple[Tribunal, str]]:
    greffes = _table(droit, "tribunaux.greffes")
    for siege, ressort in _table(droit, "tribunaux.ressorts").items():
        yield Tribunal(siege, greffes.get(siege, "")), ressort


def _table(droit: Droit, cle: str) -> dict[str, str]:
    try:
        valeur = droit.valeur(cle).valeur
    except DroitInconnu:
        return {}
    lignes = valeur if isinstance(valeur, tuple) else ()
    return {siege: reste for siege, _, reste in (ligne.partition(" : ") for ligne in lignes)}
