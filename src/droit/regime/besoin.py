"""Ce que l'acheteur répond avant que l'on parle de procédure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from droit.achat.achat import Contrat, Prestation
from droit.achat.acheteur import TypeDAcheteur

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class LotDuBesoin:
    """Un lot et son montant estimé, hors taxes."""

    numero: int
    montant_ht: Decimal


@dataclass(frozen=True, kw_only=True)
class Besoin:
    """Les réponses. Montants hors taxes.

    `montant_ht` : toute la durée, options et reconductions comprises. `achats_semblables_ht` : pour
    des fournitures ou des services, les achats homogènes de l'année ; pour des travaux, les autres
    marchés de la même opération. `collectivite_territoriale` : ou son établissement public, ou leur
    groupement. `dispense_de_concours` : réhabilitation, projet urbain ou paysager, infrastructure,
    recherche, ou aucune conception confiée (CCP, art. R. 2172-2).
    """

    prestation: Prestation
    montant_ht: Decimal
    jour: date
    contrat: Contrat = "marché"
    type_d_acheteur: TypeDAcheteur = "pouvoir adjudicateur"
    collectivite_territoriale: bool = True
    achats_semblables_ht: Decimal = ZERO
    duree_en_mois: int | None = None
    lots: tuple[LotDuBesoin, ...] = ()
    services_sociaux_ou_specifiques: bool = False
    maitrise_d_oeuvre: bool = False
    dispense_de_concours: bool = False
    accord_cadre: bool = False
    accord_cadre_sans_maximum: bool = False

    def __post_init__(self) -> None:
        montants = (
            self.montant_ht,
            self.achats_semblables_ht,
            *(lot.montant_ht for lot in self.lots),
        )
        if any(montant < 0 for montant in montants):
            raise ValueError("Un montant estimé n'est jamais négatif.")

    @property
    def est_une_concession(self) -> bool:
        return self.contrat == "concession"

    @property
    def en_travaux(self) -> bool:
        return self.prestation == "travaux"
