"""Un avis d'attribution : l'avis de l'achat, et ce que chaque lot est devenu.

Source : règlement d'exécution (UE) 2019/1780, formulaires 29, 30, 32, 33 et E4 ; CCP,
art. R. 2183-1 (trente jours après la signature) et R. 3125-6 (quarante-huit jours pour une
concession). Rien n'est vérifié à la construction : `prevalider_l_attribution` le fait.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from formats.avis.modele import Avis, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Titulaire:
    """Une entreprise retenue.

    `taille` : micro, small, medium, sme ou large (liste « economic-operator-size »).
    """

    organisation: Organisation
    taille: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recettes:
    """Ce qu'une concession rapporte : de l'acheteur, des usagers, en euros HT ;
    comment c'est calculé (art. R. 3125-6).
    """

    de_l_acheteur: Decimal
    des_usagers: Decimal
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffreRetenue:
    """L'offre choisie d'un lot. `titulaires` : le mandataire d'abord. Montants en
    euros HT ; parts en pour cent.

    `sous_traitance` : prévue ou non ; le montant et la part s'écrivent s'ils sont connus.
    `recettes` : pour une concession.
    """

    reference: str
    titulaires: tuple[Titulaire, ...]
    montant_ht: Decimal | None = None
    rang: int | None = 1
    variante: bool = False
    sous_traitance: bool = False
    montant_sous_traite_ht: Decimal | None = None
    part_sous_traitee: Decimal | None = None
    recettes: Recettes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContratConclu:
    """Le contrat signé.

    `numero` : celui de l'acheteur ; `decide_le` : le choix ; `signe_le` : la conclusion.
    """

    numero: str
    signe_le: date | None
    decide_le: date | None = None
    intitule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffresRecues:
    """Les offres d'un lot, toutes comptées, rejetées comprises.

    Ce qui n'est pas d'une PME est d'une grande entreprise.
    """

    recues: int
    de_pme: int
    electroniques: int
    d_autres_etats_de_l_eee: int = 0
    d_etats_tiers: int = 0

    @property
    def de_grandes_entreprises(self) -> int:
        return self.recues - self.de_pme


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultatDuLot:
    """Ce qu'un lot est devenu :
    attribué (`offre` et `contrat`), ou non (`motif`, liste « non-award-justification »).

    `lot` : son numéro dans l'avis. `autres_offres` : retenues après `offre`, dans un accord-cadre à
    plusieurs titulaires ; un seul contrat les porte toutes. `offres` : aucune quand le motif est
    « no-rece ». Les bornes sont des montants HT.
    """

    lot: int
    offres: OffresRecues | None = None
    offre: OffreRetenue | None = None
    autres_offres: tuple[OffreRetenue, ...] = ()
    contrat: ContratConclu | None = None
    motif: str = ""
    offre_la_plus_basse_ht: Decimal | None = None
    offre_la_plus_haute_ht: Decimal | None = None
    maximum_de_l_accord_cadre_ht: Decimal | None = None

    @property
    def retenues(self) -> tuple[OffreRetenue, ...]:
        return (self.offre, *self.autres_offres) if self.offre else ()

    @property
    def est_attribue(self) -> bool:
        return self.offre is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisDAttribution:
    """L'avis entier.

    `avis` : l'achat, au sous-type 29, 30, 32, 33 ou E4. `avis_de_marche` :
    l'avis paru, `UUID-version`.
    """

    avis: Avis
    resultats: tuple[ResultatDuLot, ...]
    avis_de_marche: str = ""

    def resultat_de(self, lot: int) -> ResultatDuLot | None:
        return next((resultat for resultat in self.resultats if resultat.lot == lot), None)

    @property
    def total_attribue_ht(self) -> Decimal | None:
        """La somme des montants connus des lots attribués hors
        accord-cadre ; rien si aucun ne l'est.
        """
        cadres = {lot.numero for lot in self.avis.lots if lot.accord_cadre}
        montants = [
            resultat.offre.montant_ht
            for resultat in self.resultats
            if resultat.offre
            and resultat.offre.montant_ht is not None
            and resultat.lot not in cadres
        ]
        return sum(montants, Decimal(0)) if montants else None

    @property
    def maximum_des_accords_cadres_ht(self) -> Decimal | None:
        """La somme des maximums des accords-cadres attribués."""
        montants = [
            resultat.maximum_de_l_accord_cadre_ht
            for resultat in self.resultats
            if resultat.est_attribue and resultat.maximum_de_l_accord_cadre_ht is not None
        ]
        return sum(montants, Decimal(0)) if montants else None
