"""Ce que l'offre contient, ce qu'elle peut changer,
ce dont on peut parler, et le dossier qu'elle suit.
"""

from dataclasses import dataclass, field
from typing import Literal

RegimeDesVariantes = Literal["interdites", "autorisées", "exigées"]
Enveloppe = Literal["candidature", "offre"]


@dataclass(frozen=True, kw_only=True)
class PieceDemandee:
    """Une pièce attendue du candidat, dans une enveloppe ; sans lot, elle vaut pour tous."""

    intitule: str
    enveloppe: Enveloppe
    lot: int | None = None
    formats: tuple[str, ...] = ()
    sorte: str = ""


@dataclass(frozen=True, kw_only=True)
class Variantes:
    """Les variantes (CCP, art. R. 2151-8 à R. 2151-10). `None` :
    l'acheteur n'a rien dit, le code répond pour lui.

    `proposees` : le régime est celui que la plateforme propose ; personne ne l'a choisi.
    """

    regime: RegimeDesVariantes | None = None
    proposees: bool = False
    exigences_minimales: str = ""


@dataclass(frozen=True, kw_only=True)
class Negociation:
    """La négociation prévue (CCP, art. R. 2123-5, R. 2161-17 et R. 2161-18)."""

    prevue: bool = False
    attribution_sans_negociation: bool = False
    phases: str = ""


@dataclass(frozen=True, kw_only=True)
class Offre:
    """Ce que l'offre contient. `validite_en_jours` : à compter de la date limite de remise."""

    pieces: tuple[PieceDemandee, ...] = ()
    validite_en_jours: int | None = None
    variantes: Variantes = field(default_factory=Variantes)
    negociation: Negociation = field(default_factory=Negociation)
    visite: str = ""
    visite_obligatoire: bool = False
    echantillons: str = ""
    prime: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentDuDossier:
    """Un document du dossier de consultation, tel qu'il est en ligne. `taille` : en octets."""

    nom: str
    intitule: str
    sorte: str = "autre"
    version: int = 1
    taille: int = 0
