"""Ce dont un document est fait. Rien ici ne sait comment il sera rendu."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from formats.document.phrases import Phrase, Segment, propre

Ton = Literal["corps", "note", "attention"]


@dataclass(frozen=True, slots=True)
class Paragraphe:
    phrase: Phrase
    ton: Ton = "corps"


@dataclass(frozen=True, slots=True)
class Liste:
    elements: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SousTitre:
    titre: str

    def __post_init__(self) -> None:
        _nettoyer(self, "titre")


@dataclass(frozen=True, slots=True)
class Cadre:
    """Ce qu'il faut lire d'abord : un intitulé, une phrase en grand, des précisions."""

    intitule: str
    phrase: Phrase
    precisions: tuple[Phrase, ...] = ()

    def __post_init__(self) -> None:
        _nettoyer(self, "intitule")


@dataclass(frozen=True, slots=True)
class Fiche:
    """Des faits, un par ligne : le nom, puis la valeur."""

    lignes: tuple[tuple[str, Phrase], ...]

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "lignes", tuple((propre(nom), valeur) for nom, valeur in self.lignes)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """Une table à une ligne d'en-têtes.

    `largeurs` : des parts ; `a_droite` : les colonnes de nombres.
    """

    legende: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[Phrase, ...], ...]
    largeurs: tuple[int, ...]
    a_droite: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _nettoyer(self, "legende")
        object.__setattr__(self, "entetes", tuple(propre(entete) for entete in self.entetes))
        if not len(self.entetes) == len(self.largeurs) or any(
            len(ligne) != len(self.entetes) for ligne in self.lignes
        ):
            raise ValueError(f"« {self.legende} » : chaque ligne a une cellule par colonne.")


@dataclass(frozen=True, slots=True)
class Formulaire:
    """Des champs que le candidat remplit : un nom, une place.

    `lignes` : la hauteur de cette place.
    """

    legende: str
    champs: tuple[str, ...]
    lignes: int = 1

    def __post_init__(self) -> None:
        _nettoyer(self, "legende")
        object.__setattr__(self, "champs", tuple(propre(champ) for champ in self.champs))


@dataclass(frozen=True, slots=True)
class Cases:
    """Des choix à cocher."""

    choix: tuple[Phrase, ...]


Bloc = Paragraphe | Liste | SousTitre | Cadre | Fiche | Tableau | Formulaire | Cases


@dataclass(frozen=True, slots=True)
class Chapitre:
    titre: str
    blocs: tuple[Bloc, ...]

    def __post_init__(self) -> None:
        _nettoyer(self, "titre")


@dataclass(frozen=True, slots=True)
class Emetteur:
    """Qui parle : le nom de la collectivité, puis son adresse."""

    nom: str
    coordonnees: str = ""

    def __post_init__(self) -> None:
        _nettoyer(self, "nom", "coordonnees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Un document entier. `couverture` :
    un cadre, un cartouche et un sommaire, avant le premier chapitre.

    `nature` nomme ce que la référence désigne ;
    un acte dont les titres portent déjà leur numéro n'est pas `numerote`.
    """

    titre: str
    objet: str
    reference: str
    emetteur: Emetteur
    etabli_le: datetime
    chapitres: tuple[Chapitre, ...]
    ouverture: tuple[Bloc, ...] = ()
    couverture: bool = False
    numerote: bool = True
    nature: str = "Consultation"

    def __post_init__(self) -> None:
        _nettoyer(self, "titre", "objet", "reference", "nature")

    @property
    def pied(self) -> str:
        return propre(
            " · ".join(
                partie for partie in (self.titre, self.reference, self.emetteur.nom) if partie
            )
        )

    def blocs(self) -> Iterator[Bloc]:
        yield from self.ouverture
        for chapitre in self.chapitres:
            yield from chapitre.blocs

    def manques(self) -> tuple[Segment, ...]:
        """Ce que le document laisse à compléter, dans l'ordre de lecture, sans répéter un champ."""
        segments = (
            segment for bloc in self.blocs() for phrase in phrases(bloc) for segment in phrase
        )
        manques: dict[str, Segment] = {}
        for segment in segments:
            if segment.sorte == "a_completer":
                manques.setdefault(segment.cible, segment)
        return tuple(manques.values())


def phrases(bloc: Bloc) -> Iterator[Phrase]:
    """Les phrases d'un bloc, sans ses intitulés."""
    match bloc:
        case Paragraphe():
            yield bloc.phrase
        case Liste():
            yield from bloc.elements
        case Cadre():
            yield bloc.phrase
            yield from bloc.precisions
        case Fiche():
            yield from (valeur for _, valeur in bloc.lignes)
        case Tableau():
            yield from (cellule for ligne in bloc.lignes for cellule in ligne)
        case Cases():
            yield from bloc.choix
        case SousTitre() | Formulaire():
            return


def _nettoyer(objet: object, *champs: str) -> None:
    for champ in champs:
        object.__setattr__(objet, champ, propre(getattr(objet, champ)))
