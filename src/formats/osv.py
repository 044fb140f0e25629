"""Un avis de sécurité au format OSV (ossf.github.io/osv-schema) : quelles versions il concerne.

L'algorithme est celui de la spécification (« Evaluation »). Un avis qui ne se lit pas n'est jamais
pris pour un avis qui ne concerne rien : `AvisIllisible`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import total_ordering
from typing import Any

from packaging.version import InvalidVersion, Version

# Un intervalle de révisions git ne se compare à aucune version.
COMPARABLES = frozenset({"SEMVER", "ECOSYSTEM"})
SEMVER = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


class AvisIllisible(ValueError):
    """Ce document n'est pas un avis OSV, ou l'une de ses versions ne se compare pas."""


@total_ordering
@dataclass(frozen=True)
class VersionNpm:
    """Semantic Versioning 2.0.0, § 11 : une préversion vient avant la version."""

    numeros: tuple[int, ...]
    prealable: tuple[tuple[int, int, str], ...] = ()

    def __lt__(self, autre: "VersionNpm") -> bool:
        return self._rang() < autre._rang()

    def _rang(self) -> tuple[Any, ...]:
        return self.numeros, not self.prealable, self.prealable


def version_de_npm(texte: str) -> VersionNpm:
    lue = SEMVER.fullmatch(texte)
    if lue is None:
        raise AvisIllisible(f"la version « {texte} » ne se lit pas")
    morceaux = lue[4].split(".") if lue[4] else []
    return VersionNpm(
        tuple(map(int, lue.group(1, 2, 3))),
        tuple((0, int(m), "") if m.isdigit() else (1, 0, m) for m in morceaux),
    )


def version_de_pypi(texte: str) -> Version:
    """PEP 440."""
    try:
        return Version(texte)
    except InvalidVersion as cause:
        raise AvisIllisible(f"la version « {texte} » ne se lit pas") from cause


# Pour chaque écosystème : lire une version, et celle que « 0 » désigne, avant toute autre.
VERSIONS: Mapping[str, tuple[Callable[[str], Any], Any]] = {
    "PyPI": (version_de_pypi, Version("0.dev0")),
    "npm": (version_de_npm, VersionNpm((0, 0, 0), ((0, 0, ""),))),
}


@dataclass(frozen=True)
class Touche:
    """Un paquet qu'un avis touche : des versions nommées, et des intervalles."""

    ecosysteme: str
    nom: str
    versions: frozenset[str]
    intervalles: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def ecosysteme_et_nom(self) -> tuple[str, str]:
        return self.ecosysteme, self.nom

    def concerne(self, version: str) -> bool:
        return version in self.versions or any(
            self._contient(intervalle, version) for intervalle in self.intervalles
        )

    def _contient(self, evenements: Iterable[tuple[str, str]], version: str) -> bool:
        """Le dernier événement qui précède la version décide, sous les limites de l'intervalle."""
        lire_version, origine = VERSIONS[self.ecosysteme]
        lue = lire_version(version)
        bornes = sorted(
            (origine if texte == "0" else lire_version(texte), sorte)
            for sorte, texte in evenements
            if texte != "*"
        )
        limites = [borne for borne, sorte in bornes if sorte == "limit"]
        touchee = False
        for borne, sorte in bornes:
            if sorte == "introduced" and lue >= borne:
                touchee = True
            elif (sorte == "fixed" and lue >= borne) or (sorte == "last_affected" and lue > borne):
                touchee = False
        return touchee and (not limites or any(lue < limite for limite in limites))


@dataclass(frozen=True)
class Avis:
    """Ce qu'un avis dit de lui-même, et les paquets qu'il touche, de ceux que l'on compare."""

    identifiant: str
    resume: str
    autres_noms: tuple[str, ...]
    modifie_le: str
    touches: tuple[Touche, ...]

    def concerne(self, *, ecosysteme: str, nom: str, version: str) -> bool:
        return any(touche.concerne(version) for touche in self._de(ecosysteme, nom))

    def corriges(self, *, ecosysteme: str, nom: str) -> list[str]:
        """Les versions où l'avis dit la faute corrigée."""
        return [
            texte
            for touche in self._de(ecosysteme, nom)
            for intervalle in touche.intervalles
            for sorte, texte in intervalle
            if sorte == "fixed"
        ]

    def _de(self, ecosysteme: str, nom: str) -> Iterator[Touche]:
        vise = (ecosysteme, nom_compare(ecosysteme, nom))
        return (touche for touche in self.touches if touche.ecosysteme_et_nom == vise)


def lire(octets: bytes) -> Avis:
    """Un avis ; `AvisIllisible` si ce n'en est pas un. Un avis retiré ne touche plus rien."""
    try:
        dit = json.loads(octets)
        touches = [] if dit.get("withdrawn") else list(_touches(dit.get("affected", [])))
        return Avis(
            identifiant=str(dit["id"]),
            resume=str(dit.get("summary") or dit.get("details") or "").strip().split("\n")[0],
            autres_noms=tuple(map(str, dit.get("aliases", []))),
            modifie_le=str(dit["modified"]),
            touches=tuple(touches),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        raise AvisIllisible("ce n'est pas un avis au format OSV") from cause


def _touches(ecrits: Iterable[Mapping[str, Any]]) -> Iterator[Touche]:
    for ecrit in ecrits:
        paquet = ecrit.get("package", {})
        # « Debian:12 », « PyPI » : ce qui suit les deux-points précise une distribution.
        ecosysteme = str(paquet.get("ecosystem", "")).partition(":")[0]
        if ecosysteme in VERSIONS:
            yield Touche(
                ecosysteme=ecosysteme,
                nom=nom_compare(ecosysteme, paquet["name"]),
                versions=frozenset(map(str, ecrit.get("versions", []))),
                intervalles=tuple(
                    tuple((str(s), str(t)) for e in intervalle["events"] for s, t in e.items())
                    for intervalle in ecrit.get("ranges", [])
                    if intervalle["type"] in COMPARABLES
                ),
            )


def nom_compare(ecosysteme: str, nom: str) -> str:
    """Tel que l'index le compare : PEP 503 pour Python, au signe près pour npm."""
    return re.sub(r"[-_.]+", "-", nom).lower() if ecosysteme == "PyPI" else nom
