"""Ce qu'une année a été, pour un acheteur ou pour tous :
des nombres, jamais un nom d'entreprise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Mois:
    """Les consultations créées et publiées dans le mois, de 1 à 12."""

    numero: int
    creees: int
    publiees: int


@dataclass(frozen=True, slots=True)
class Part:
    """« Procédure adaptée ouverte : 12 »."""

    libelle: str
    nombre: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponses:
    """Ce qu'ont reçu les consultations dont l'heure limite est passée.
    Avant elle, personne n'en sait rien.

    `a_temps` compte les entreprises, une fois par consultation ;
    `hors_delai`, les plis arrivés après l'heure limite.
    """

    consultations: int
    sans_reponse: int
    a_temps: int
    hors_delai: int
    entreprises: int
    mediane: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Les questions reçues dans l'année, celles qui ont leur réponse,
    et le délai du milieu, en jours entiers.
    """

    recues: int
    repondues: int
    jours: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tissu:
    """Qui a répondu à temps, chaque entreprise une fois :
    celles qui ont dit leur taille, leur lieu, et lesquelles.

    Une entreprise est petite sous 250 personnes (décret n° 2008-1354, art. 3) ;
    du département, si un de ses établissements qui a répondu est dans celui de l'acheteur.
    """

    taille_dite: int
    petites: int
    lieu_dit: int
    du_departement: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annee:
    """Une année d'achats.

    `jours_pour_repondre` : de la publication à l'heure limite ; `rappels` : pour le centre seul.
    """

    annee: int
    mois: tuple[Mois, ...]
    procedures: tuple[Part, ...]
    natures: tuple[Part, ...]
    etats: tuple[Part, ...]
    jours_pour_repondre: Fraction | None
    reponses: Reponses
    tissu: Tissu
    questions: Questions

    @property
    def creees(self) -> int:
        return sum(mois.creees for mois in self.mois)

    @property
    def publiees(self) -> int:
        return sum(mois.publiees for mois in self.mois)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acheteur:
    """Un acheteur dans l'année du service :
    ce que tout le monde peut compter sur ses pages publiques.
    """

    nom: str
    siret: str
    publiees: int
    sans_suite: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """Ce qu'un exercice émis appelle :
    « Au-delà du seuil, tranche 2 » et son nombre d'adhérents, et le total.
    """

    tranches: tuple[Part, ...]
    adherents: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """Ce que le centre a promis : reçu quand, promis pour quand, tenu quand."""

    recue_le: datetime
    promise_pour: datetime
    tenue_le: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promesses:
    """Les promesses échues et celles tenues à temps ; `mediane` :
    de la demande à ce qui était promis, aux heures où l'assistance répond.
    """

    recues: int
    rendues: int
    dues: int
    tenues: int
    mediane: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Durees:
    """Combien, et combien de temps, quand c'est fini."""

    nombre: int
    mediane: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """Ce que le premier niveau de la convention (art. 2) a été dans l'année."""

    demandes: Promesses
    rappels: int
    avis: Promesses
    ecrans: Durees
    interventions: Durees
