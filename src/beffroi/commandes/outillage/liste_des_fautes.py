"""La liste des fautes à planter, et lesquelles se plantent ensemble."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande

RACINE = Path(__file__).resolve().parents[4]
LISTE = "tests/fautes/fautes.toml"
# Tous les contextes reposent sur eux :
# une faute y ferait échouer les tests qui en cherchent une autre.
SOUS_TOUS = frozenset({"droit", "formats", "sceau", "socle"})
# Ces tests passent par tous les contextes : la faute d'un autre les ferait échouer.
VISITENT_TOUT = ("tests/architecture/", "tests/parcours/test_canaris.py", "src/beffroi/faces/api/")


@dataclass(frozen=True, kw_only=True)
class Faute:
    """Ce qui est écrit, ce qu'une personne pressée écrirait, et les tests qui devraient le voir."""

    nom: str
    quartier: str
    contexte: str
    sorte: str
    dit: str
    fichier: str
    avant: str
    apres: str
    ou: tuple[str, ...]

    def plantee_dans(self, texte: str) -> str:
        """Le texte fautif.

        `ErreurDeCommande` si la faute ne se plante pas à un endroit et un seul.
        """
        fois = texte.count(self.avant)
        if fois != 1:
            raise ErreurDeCommande(
                f"{self.nom} : le texte d'avant est {fois} fois dans {self.fichier}, au lieu d'une."
            )
        return texte.replace(self.avant, self.apres)

    @property
    def visite_tout(self) -> bool:
        return any(ou.startswith(VISITENT_TOUT) for ou in self.ou)

    def rencontre(self, autre: "Faute") -> bool:
        """L'une ferait échouer les tests de l'autre, ou changerait la base où ils se jouent."""
        return (
            self.contexte == autre.contexte
            or (self.sorte == "migration") != (autre.sorte == "migration")
            or (self.quartier in SOUS_TOUS) != (autre.quartier in SOUS_TOUS)
            or self.visite_tout
            or autre.visite_tout
            or any(ici.startswith(la) or la.startswith(ici) for ici in self.ou for la in autre.ou)
        )


def lire_la_liste(racine: Path = RACINE) -> list[Faute]:
    lues = tomllib.loads((racine / LISTE).read_text("utf-8"))["faute"]
    return [Faute(**{**lue, "ou": tuple(lue["ou"])}) for lue in lues]


def choisir(fautes: Sequence[Faute], noms: Sequence[str]) -> list[Faute]:
    inconnues = set(noms) - {faute.nom for faute in fautes}
    if inconnues:
        raise ErreurDeCommande(
            f"aucune faute de la liste ne s'appelle {', '.join(sorted(inconnues))}."
        )
    return [faute for faute in fautes if not noms or faute.nom in noms]


def groupes(fautes: Sequence[Faute]) -> list[list[Faute]]:
    """Chacune dans le premier groupe où elle ne rencontre personne : peu de séries suffisent.

    Les migrations viennent à la fin : la base se refait pour elles.
    """
    faits: list[list[Faute]] = []
    for faute in sorted(fautes, key=lambda faute: faute.sorte == "migration"):
        libre = next((groupe for groupe in faits if not any(map(faute.rencontre, groupe))), None)
        if libre is None:
            faits.append(libre := [])
        libre.append(faute)
    return faits
