"""Ce qu'un bordereau de prix dit, une fois lu :
des lignes, des totaux, et ce qui a été vu en lisant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Case:
    """Une cellule telle qu'elle est écrite. `nombre` : sa valeur si elle en a une ;
    `formule` : ce qui la calcule.

    `sans_valeur` : une formule que personne n'a calculée ; le classeur ne dit pas ce qu'elle vaut.
    """

    texte: str = ""
    nombre: Decimal | None = None
    formule: str = ""
    sans_valeur: bool = False


@dataclass(frozen=True)
class Rangee:
    """Une ligne du classeur : son numéro, ses cellules par rang de colonne (0 : A)."""

    numero: int
    cases: Mapping[int, Case]
    masquee: bool = False


@dataclass(frozen=True)
class Feuille:
    """`fusions` : (première ligne, première colonne,
    dernière ligne, dernière colonne), colonnes comptées de 0.
    """

    nom: str
    rangees: tuple[Rangee, ...]
    masquee: bool = False
    colonnes_masquees: tuple[int, ...] = ()
    fusions: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Classeur:
    """Les feuilles, et ce que le fichier porte d'autre : macros, liens.

    Rien n'en est exécuté ni suivi.
    """

    feuilles: tuple[Feuille, ...]
    macros: bool = False
    liens_externes: bool = False


@dataclass(frozen=True)
class Constat:
    """Une chose vue : une phrase pour l'acheteur, la feuille et la cellule où la
    voir. Elle ne décide rien.

    `avant` est ce que dit l'acheteur ou l'écrit, `apres` ce que dit l'entreprise ou le calcul ;
    `effet_ht` : ce que le total gagnerait à suivre le cadre ou le calcul.
    """

    code: str
    phrase: str
    feuille: str = ""
    adresse: str = ""
    avant: str = ""
    apres: str = ""
    effet_ht: Decimal | None = None


@dataclass(frozen=True)
class Ligne:
    """Une ligne de prix. `mentions` : les mots écrits là où l'on attendait un nombre, par rôle."""

    feuille: str
    rang: int
    numero: str = ""
    designation: str = ""
    unite: str = ""
    quantite: Decimal | None = None
    prix_unitaire: Decimal | None = None
    montant: Decimal | None = None
    tva: Decimal | None = None
    mentions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Total:
    """Un total ou un sous-total écrit.

    `sorte` : « sous-total », « total », ou « taxes » pour la TVA et le TTC.
    """

    feuille: str
    rang: int
    libelle: str
    montant: Decimal
    sorte: Literal["sous-total", "total", "taxes"]
    lignes_avant: int


@dataclass(frozen=True)
class FeuilleLue:
    """Où était le tableau : la ligne de ses en-têtes, et la lettre de chaque colonne reconnue."""

    nom: str
    ligne_d_entete: int
    colonnes: Mapping[str, str]


@dataclass(frozen=True)
class Bordereau:
    lignes: tuple[Ligne, ...]
    totaux: tuple[Total, ...] = ()
    feuilles: tuple[FeuilleLue, ...] = ()
    constats: tuple[Constat, ...] = ()

    def adresse(self, ligne: Ligne, role: str) -> str:
        """« F12 » ; la ligne seule si la colonne n'existe pas."""
        colonne = next(
            (f.colonnes.get(role, "") for f in self.feuilles if f.nom == ligne.feuille), ""
        )
        return f"{colonne}{ligne.rang}" if colonne else f"ligne {ligne.rang}"


def lettre(colonne: int) -> str:
    """0 → « A », 26 → « AA »."""
    lettres, reste = "", colonne + 1
    while reste:
        reste, rang = divmod(reste - 1, 26)
        lettres = chr(ord("A") + rang) + lettres
    return lettres


def rang_de_colonne(lettres: str) -> int:
    """« A » → 0, « AA » → 26."""
    rang = 0
    for signe in lettres:
        rang = rang * 26 + ord(signe) - ord("A") + 1
    return rang - 1
