"""Les critères du DUME et l'arbre de leurs questions :
notre table (`criteres.toml`, `formes.toml`), sans fichier officiel.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.dume.modele import Critere, Groupe, Propriete

ICI = Path(__file__).parent
EXCLUSION, SELECTION, AUTRE = "EG", "SC", "OT"
# Ceux que toute demande contient (règle BR-REQ-30).
TOUJOURS = (
    "crime-org",
    "corruption",
    "fraud",
    "terr-offence",
    "finan-laund",
    "human-traffic",
    "tax-pay",
    "socsec-pay",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CritereConnu:
    """Un critère de la taxonomie.

    `famille` : motif d'exclusion, critère de sélection, ou autre information.
    """

    racine: str
    uuid: str
    code: str
    nom: str
    article: str
    groupes: tuple[Groupe, ...]

    @property
    def famille(self) -> str:
        return self.racine.split("_", 2)[1]

    def en_critere(self, *, lots: tuple[str, ...] = ()) -> Critere:
        """Le critère tel qu'un DUME neuf le pose."""
        fondement = f" (code de la commande publique, art. {self.article})" if self.article else ""
        return Critere(
            uuid=self.uuid,
            code=self.code,
            nom=self.nom,
            description=f"{self.nom}{fondement}.",
            article=self.article,
            lots=lots,
            groupes=self.groupes,
        )

    def premiere_question(self) -> Propriete:
        """« Êtes-vous dans ce cas ? », ou la première question posée."""
        return next(p for groupe in self.groupes for p in groupe.toutes() if p.sorte == "QUESTION")


@cache
def criteres() -> tuple[CritereConnu, ...]:
    """Les soixante-deux critères, dans l'ordre officiel."""
    formes = tomllib.loads((ICI / "formes.toml").read_text("utf-8"))
    lignes = tomllib.loads((ICI / "criteres.toml").read_text("utf-8"))["criteres"]
    return tuple(
        CritereConnu(
            racine=ligne["racine"],
            uuid=ligne["uuid"],
            code=ligne["code"],
            nom=ligne["nom"],
            article=ligne.get("article", ""),
            groupes=_arbre(formes[ligne["forme"]].strip().splitlines(), ligne["racine"]),
        )
        for ligne in lignes
    )


@cache
def par_code() -> dict[str, CritereConnu]:
    return {critere.code: critere for critere in criteres()}


@cache
def par_uuid() -> dict[str, CritereConnu]:
    return {critere.uuid: critere for critere in criteres()}


@cache
def libelles() -> dict[str, str]:
    """Le libellé français de chaque question, par son identifiant."""
    return {p.id: p.libelle for c in criteres() for groupe in c.groupes for p in groupe.toutes()}


def _arbre(lignes: list[str], parent: str) -> tuple[Groupe, ...]:
    """Les groupes de premier retrait, chacun avec ce qui est plus en retrait que lui."""
    debuts = [rang for rang, ligne in enumerate(lignes) if not ligne.startswith(" ")]
    blocs = [
        lignes[debut:fin] for debut, fin in zip(debuts, [*debuts[1:], len(lignes)], strict=False)
    ]
    return tuple(_groupe(bloc, parent) for bloc in blocs)


def _groupe(bloc: list[str], parent: str) -> Groupe:
    segment, condition = bloc[0].split(" : ", 1)
    identifiant = f"{parent}/{segment}"
    dedans = [ligne.removeprefix("  ") for ligne in bloc[1:]]
    proprietes = [ligne for ligne in dedans if " | " in ligne and not ligne.startswith(" ")]
    groupes = [ligne for ligne in dedans if ligne not in proprietes]
    return Groupe(
        id=identifiant,
        condition=condition,
        proprietes=tuple(_propriete(ligne, identifiant) for ligne in proprietes),
        groupes=_arbre(groupes, identifiant),
    )


def _propriete(ligne: str, parent: str) -> Propriete:
    definition, libelle = ligne.split(" | ", 1)
    segment, sorte, genre = definition.split()
    return Propriete(id=f"{parent}/{segment}", sorte=sorte, type=genre, libelle=libelle)
