"""Le manifeste d'une enveloppe : la liste scellée de ses fichiers, écrite par l'entreprise."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beffroi.seance.coffre.constats import Constat

FORMAT = "beffroi.manifeste/1"


class ManifesteIllisible(ValueError):
    """Le document n'est pas un manifeste."""


@dataclass(frozen=True)
class LigneDuManifeste:
    """Un fichier annoncé ; son SHA-256 manque s'il a été scellé depuis un autre navigateur."""

    nom: str
    taille: int
    sha256: str | None
    racine: str | None

    def desaccords(self, *, taille: int, sha256: str) -> tuple[Constat, ...]:
        constats = []
        if taille != self.taille:
            constats.append(Constat("taille_differente", nom=self.nom))
        if self.sha256 is None:
            constats.append(Constat("empreinte_non_annoncee", nom=self.nom))
        elif sha256 != self.sha256:
            constats.append(Constat("contenu_different", nom=self.nom))
        return tuple(constats)


@dataclass(frozen=True)
class Manifeste:
    """Ce que l'entreprise a scellé, selon elle."""

    enveloppe: str
    lot: int | None
    consultation: str
    lignes: tuple[LigneDuManifeste, ...]

    def ligne(self, *, nom: str, racine: str) -> LigneDuManifeste | None:
        par_racine = [ligne for ligne in self.lignes if ligne.racine == racine]
        return next(iter(par_racine or [ligne for ligne in self.lignes if ligne.nom == nom]), None)

    def absents(self, recus: Iterable[tuple[str, str]]) -> list[LigneDuManifeste]:
        """Les fichiers annoncés que l'enveloppe n'a pas."""
        trouvees = {self.ligne(nom=nom, racine=racine) for nom, racine in recus}
        return [ligne for ligne in self.lignes if ligne not in trouvees]


def lire(octets: bytes) -> Manifeste:
    """Lit un manifeste ; un champ absent ou d'un autre type le rend illisible."""
    try:
        document = json.loads(octets)
        if document["format"] != FORMAT:
            raise ManifesteIllisible(f"Ce manifeste n'est pas au format {FORMAT}.")
        return Manifeste(
            enveloppe=_typer(document["enveloppe"], str),
            lot=None if document["lot"] is None else _typer(document["lot"], int),
            consultation=_typer(document["consultation"], str),
            lignes=tuple(_ligne(ligne) for ligne in _typer(document["fichiers"], list)),
        )
    except ManifesteIllisible:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as cause:
        raise ManifesteIllisible("Ce manifeste est mal écrit.") from cause


def _ligne(ligne: Mapping[str, object]) -> LigneDuManifeste:
    sha256, racine = ligne["sha256"], ligne["racine"]
    return LigneDuManifeste(
        nom=_typer(ligne["nom"], str)[:255],
        taille=_typer(ligne["taille"], int),
        sha256=None if sha256 is None else _typer(sha256, str),
        racine=None if racine is None else _typer(racine, str),
    )


def _typer[Type](valeur: object, attendu: type[Type]) -> Type:
    if not isinstance(valeur, attendu) or isinstance(valeur, bool):
        raise ManifesteIllisible("Un champ du manifeste est mal écrit.")
    return valeur
