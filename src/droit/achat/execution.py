"""Comment le contrat s'exécute : durée, tranches, accord-cadre, environnement, social, paiement."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

FormeDePrix = Literal["", "forfaitaire", "unitaire", "mixte"]
VariationDePrix = Literal["", "ferme", "ferme actualisable", "révisable"]
ModeDAccordCadre = Literal[
    "bons de commande", "marchés subséquents", "bons de commande et marchés subséquents"
]


@dataclass(frozen=True, kw_only=True)
class AccordCadre:
    """Les bornes d'un accord-cadre (CCP, art. R. 2162-4 et L. 2125-1). Montants hors taxes."""

    mode: ModeDAccordCadre = "bons de commande"
    maximum_en_valeur: Decimal | None = None
    maximum_en_quantite: str = ""
    minimum_en_valeur: Decimal | None = None
    titulaires_maximum: int = 1
    justification_de_la_duree: str = ""


@dataclass(frozen=True, kw_only=True)
class Tranche:
    """Une tranche ferme ou optionnelle (CCP, art. R. 2113-4 à R. 2113-6)."""

    intitule: str
    ferme: bool = False


@dataclass(frozen=True, kw_only=True)
class PrestationSupplementaire:
    """Une prestation supplémentaire éventuelle : y répondre est obligatoire ou non."""

    intitule: str
    reponse_obligatoire: bool = True


@dataclass(frozen=True, kw_only=True)
class Durabilite:
    """L'environnement et le social dans l'exécution (CCP, art. L. 2112-2 et L. 2112-2-1)."""

    condition_environnementale: str = ""
    condition_sociale: str = ""
    exception_sociale: str = ""
    motif_de_l_exception: str = ""
    heures_d_insertion: int | None = None


@dataclass(frozen=True, kw_only=True)
class Execution:
    """L'exécution. `duree_en_mois` : sans reconduction ; `reconductions` :
    combien, chacune de `mois_par_reconduction`.

    `forme_de_prix`, `variation_de_prix` : CCP, art. R. 2112-6 et R. 2112-8 à R. 2112-14 ;
    `clause_de_prix` : comment il évolue. `indemnite_des_tranches` : due si une tranche optionnelle
    attend ou ne se fait pas, quand le marché en prévoit une.
    """

    duree_en_mois: int | None = None
    debut: date | None = None
    reconductions: int = 0
    mois_par_reconduction: int = 0
    tranches: tuple[Tranche, ...] = ()
    indemnite_des_tranches: str = ""
    prestations_supplementaires: tuple[PrestationSupplementaire, ...] = ()
    prestations_similaires: bool = False
    accord_cadre: AccordCadre | None = None
    ccag: str = ""
    forme_de_prix: FormeDePrix = ""
    variation_de_prix: VariationDePrix = ""
    clause_de_prix: str = ""
    durabilite: Durabilite = field(default_factory=Durabilite)
    delai_de_paiement_en_jours: int = 30
    avance_en_pourcent: Decimal | None = None
    financement: str = ""
    lieu: str = ""
    code_nuts: str = ""

    @property
    def duree_totale_en_mois(self) -> int | None:
        """Reconductions comprises ; `None` si la durée n'est pas dite."""
        if self.duree_en_mois is None:
            return None
        return self.duree_en_mois + self.reconductions * self.mois_par_reconduction

    @property
    def ccag_lisible(self) -> str:
        return ccag_lisible(self.ccag)


def ccag_lisible(nom: str) -> str:
    """Le nom d'un CCAG pour qui lit.

    Le schéma des données essentielles écrit « Maitrise » : la donnée, elle, le suit.
    """
    return nom.replace("Maitrise", "Maîtrise")
