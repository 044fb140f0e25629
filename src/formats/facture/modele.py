"""Une facture, ou un avoir, avant toute syntaxe.

Les montants sont au centime, et les totaux se tirent des lignes.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

CENTIME = Decimal("0.01")
RIEN = Decimal(0)


class RegimeDeTva(Enum):
    """La catégorie de TVA d'une ligne (EN 16931,
    BT-151), son taux, et pourquoi elle n'en porte pas.
    """

    HORS_CHAMP = ("O", RIEN, "VATEX-EU-O", "Hors du champ d'application de la TVA")
    EXONEREE = ("E", RIEN, "", "Opération exonérée de TVA")
    ASSUJETTIE = ("S", Decimal(20), "", "")

    def __init__(self, code: str, taux: Decimal, code_du_motif: str, motif: str) -> None:
        self.code = code
        self.taux = taux
        self.code_du_motif = code_du_motif
        self.motif = motif

    @property
    def demande_un_numero(self) -> bool:
        """Hors champ, un numéro de TVA est interdit (BR-O-02) ;
        ailleurs, celui du vendeur est exigé (BR-S-02, BR-E-02).
        """
        return self is not RegimeDeTva.HORS_CHAMP


@dataclass(frozen=True, slots=True, kw_only=True)
class Adresse:
    """`voie` et `complement` : une ligne chacun. Le pays est la France."""

    voie: str = ""
    complement: str = ""
    code_postal: str = ""
    ville: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """Le vendeur ou l'acheteur. `service` : le code du service dans Chorus Pro, pour l'acheteur."""

    nom: str
    siret: str
    adresse: Adresse
    courriel: str = ""
    service: str = ""

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def adresse_electronique(self) -> str:
        """Où une facture se remet :
        le SIREN, le SIRET, puis le service s'il y en a un (annuaire, schéma 0225).
        """
        return "_".join(partie for partie in (self.siren, self.siret, self.service) if partie)

    @property
    def numero_de_tva(self) -> str:
        """Le numéro intracommunautaire, tiré du SIREN."""
        return f"FR{(12 + 3 * (int(self.siren) % 97)) % 97:02d}{self.siren}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """Une ligne : une quantité d'une chose à un prix. `montant` est hors taxe, au centime."""

    libelle: str
    prix: Decimal
    quantite: Decimal = Decimal(1)
    regime: RegimeDeTva = RegimeDeTva.HORS_CHAMP
    precision: str = ""
    debut: date | None = None
    fin: date | None = None

    @property
    def montant(self) -> Decimal:
        return arrondi(self.prix * self.quantite)


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Ce qu'une facture rappelle.

    `engagement` et `service` : ce que Chorus Pro demande, si l'acheteur l'exige.
    """

    convention: str = ""
    deliberation: str = ""
    engagement: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Les trois mentions que la réforme exige de toute facture (BR-FR-05), et comment payer."""

    frais_de_recouvrement: str
    penalites: str
    escompte: str
    paiement: str

    def codees(self) -> tuple[tuple[str, str], ...]:
        return (
            ("PMT", self.frais_de_recouvrement),
            ("PMD", self.penalites),
            ("AAB", self.escompte),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FactureRectifiee:
    """La facture qu'un avoir corrige."""

    numero: str
    emise_le: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facture:
    """Une facture (380), ou l'avoir (381) d'une facture qu'il nomme.

    Les montants d'un avoir sont positifs : il les rend.
    """

    numero: str
    emise_le: date
    vendeur: Partie
    acheteur: Partie
    lignes: tuple[Ligne, ...]
    mentions: Mentions
    references: References = field(default_factory=References)
    rectifie: FactureRectifiee | None = None
    echeance: date | None = None
    note: str = ""
    # La somme due, si elle est fixée taxe comprise ; sans elle, celle des lignes.
    du: Decimal | None = None
    devise: str = "EUR"

    def __post_init__(self) -> None:
        if not self.lignes:
            raise ValueError("Une facture a au moins une ligne.")
        if len({ligne.regime for ligne in self.lignes}) != 1:
            raise ValueError("Les lignes d'une facture suivent un seul régime de TVA.")
        if abs(self.ajustement) > CENTIME * len(self.lignes):
            raise ValueError(
                f"La somme due, {self.du}, n'est pas celle des lignes, {self.toutes_taxes}."
            )

    @property
    def est_un_avoir(self) -> bool:
        return self.rectifie is not None

    @property
    def sorte(self) -> str:
        """Le code du document (UNTDID 1001) : facture ou avoir."""
        return "381" if self.est_un_avoir else "380"

    @property
    def regime(self) -> RegimeDeTva:
        return self.lignes[0].regime

    @property
    def hors_taxe(self) -> Decimal:
        return sum((ligne.montant for ligne in self.lignes), RIEN)

    @property
    def tva(self) -> Decimal:
        return arrondi(self.hors_taxe * self.regime.taux / 100)

    @property
    def toutes_taxes(self) -> Decimal:
        return self.hors_taxe + self.tva

    @property
    def a_payer(self) -> Decimal:
        """La somme due, au centime : c'est elle qu'un titre recouvre."""
        return self.toutes_taxes if self.du is None else self.du

    @property
    def ajustement(self) -> Decimal:
        """Ce qui sépare la somme due des lignes taxées (BT-114) :
        un centime, parfois, quand elle est due taxe comprise.
        """
        return self.a_payer - self.toutes_taxes

    @property
    def periode(self) -> tuple[date, date] | None:
        """Du premier au dernier jour que les lignes couvrent."""
        debuts = [ligne.debut for ligne in self.lignes if ligne.debut]
        fins = [ligne.fin for ligne in self.lignes if ligne.fin]
        return (min(debuts), max(fins)) if debuts and fins else None


def arrondi(montant: Decimal) -> Decimal:
    return montant.quantize(CENTIME, rounding=ROUND_HALF_UP)


def hors_taxe_de(somme: Decimal, regime: RegimeDeTva) -> Decimal:
    """Le hors taxe, au centime, d'une somme due toutes taxes comprises."""
    return arrondi(somme * 100 / (100 + regime.taux))
