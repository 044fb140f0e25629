"""Une pièce à archiver, telle qu'un contexte la remet :
ce qu'elle est, d'où viennent ses octets, ce que l'on en sait déjà.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Etape(StrEnum):
    """Les étapes d'une procédure, dans l'ordre : une unité d'archives chacune."""

    PREPARATION = "Préparation"
    CONSULTATION = "Consultation"
    CANDIDATURES = "Candidatures"
    OFFRES = "Offres"
    ATTRIBUTION = "Attribution"
    EXECUTION = "Exécution"


class Sorte(StrEnum):
    """Ce qu'est une pièce : sa durée de conservation et son sort en dépendent."""

    PREPARATION = "Préparation de l'achat"
    DOSSIER = "Dossier de consultation"
    AVIS = "Publicité"
    REGISTRE = "Registre"
    QUESTION = "Question et réponse"
    PLI_SCELLE = "Réponse scellée, telle que reçue"
    RECEPISSE = "Récépissé et ses jetons"
    PREUVE = "Journal et jetons"
    FONCTIONNEMENT = "Fonctionnement du service"
    CANDIDATURE = "Candidature"
    OFFRE = "Offre"
    PROCES_VERBAL = "Procès-verbal"
    RAPPORT = "Rapport"
    DECISION = "Décision"
    COURRIER = "Courrier"
    CONTRAT = "Contrat"
    DONNEES = "Données essentielles"


type Blocs = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`ouvrir` rend les octets, bloc par bloc, une fois par appel. `sha256`, `taille` :
    ce que le dossier en dit, s'il le dit.

    `sujet` : ce dont elle parle au journal. `pli` et `contrat` : la réponse et le contrat dont elle
    relève. `cle` : où elle est gardée ; vide si elle se recompose. `ecritures` : les numéros de
    celles qui la prouvent au journal, sous d'autres sujets.
    """

    titre: str
    sorte: Sorte
    etape: Etape
    nom: str
    ouvrir: Blocs
    sha256: str = ""
    taille: int | None = None
    le: datetime | None = None
    sujet: str = ""
    pli: str = ""
    contrat: str = ""
    cle: str = ""
    ecritures: Callable[[], Iterable[int]] = tuple


def composee(octets: Callable[[], bytes]) -> Blocs:
    """Les octets d'une pièce courte, écrite à la demande."""
    return lambda: iter((octets(),))
