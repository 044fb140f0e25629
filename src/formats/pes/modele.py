"""Un bordereau de titres de recette : un titre par somme appelée, un débiteur par titre."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Ce que la plateforme ignore :
# le comptable, la collectivité et le budget chez lui, le compte d'imputation.
A_COMPLETER = "A_COMPLETER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debiteur:
    """`categorie` : le code de la catégorie de tiers (23 commune,
    24 groupement, 25 caisse des écoles, 26 CCAS, 29 autre).
    """

    nom: str
    siret: str
    categorie: str = "29"
    voie: str = ""
    code_postal: str = ""
    ville: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titre:
    """`numero` : le rang de l'appel. Les montants sont au centime."""

    numero: int
    objet: str
    debiteur: Debiteur
    hors_taxe: Decimal
    tva: Decimal = Decimal(0)
    debut: date | None = None
    fin: date | None = None
    convention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bordereau:
    """Les titres d'un exercice, émis le même jour par une collectivité."""

    nom_du_fichier: str
    exercice: int
    numero: int
    emis_le: date
    etabli_le: date
    collectivite: str
    siret: str
    titres: tuple[Titre, ...]

    def __post_init__(self) -> None:
        if not self.titres:
            raise ValueError("Un bordereau a au moins un titre.")

    @property
    def hors_taxe(self) -> Decimal:
        return sum((titre.hors_taxe for titre in self.titres), Decimal(0))

    @property
    def tva(self) -> Decimal:
        return sum((titre.tva for titre in self.titres), Decimal(0))
