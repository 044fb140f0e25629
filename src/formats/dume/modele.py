"""Un DUME tel qu'on le lit et tel qu'on l'écrit.

Tout est un texte : ce qui manque dans le fichier est vide ici.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

DEMANDE, REPONSE = "QualificationApplicationRequest", "QualificationApplicationResponse"
VERSION = "ESPD-EDMv4.1.0"
# Le lot « 0000 » vaut pour toute la procédure.
TOUTE_LA_PROCEDURE = "LOT-0000"

TAILLES = {
    "micro": "Microentreprise",
    "small": "Petite entreprise",
    "medium": "Moyenne entreprise",
    "sme": "Petite ou moyenne entreprise",
    "large": "Grande entreprise",
}
ROLES = {
    "sole-tenderer": "Répond seule",
    "group-lead": "Mandataire d'un groupement",
    "group-mem": "Membre d'un groupement",
    "subcont": "Sous-traitant",
    "oeron": "Opérateur dont un autre utilise les capacités",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeur:
    """Une réponse, ou ce qu'un acheteur exige.

    `complement` : la devise, l'unité, ou la fin d'une période.
    """

    type: str
    texte: str
    complement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """Une personne morale nommée dans le DUME : qui achète, ou qui répond."""

    nom: str = ""
    identifiant: str = ""
    pays: str = ""
    rue: str = ""
    ville: str = ""
    code_postal: str = ""
    site: str = ""
    contact: str = ""
    telephone: str = ""
    courriel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representant:
    """Qui peut engager l'entreprise."""

    prenom: str = ""
    nom: str = ""
    pays: str = ""
    qualite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operateur:
    """L'entreprise : son rôle dans la réponse et sa taille, en codes européens."""

    partie: Partie = Partie()
    role: str = ""
    taille: str = ""
    groupement: str = ""
    representants: tuple[Representant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Propriete:
    """Une question, une exigence ou un texte d'un critère.

    Un libellé peut être vide, pas absent.
    """

    id: str
    sorte: str
    type: str
    libelle: str = ""
    est_libellee: bool = True
    exigence: Valeur | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """Des propriétés et des sous-groupes, sous une condition : toujours, si oui, si non."""

    id: str
    condition: str
    proprietes: tuple[Propriete, ...] = ()
    groupes: tuple["Groupe", ...] = ()

    def toutes(self) -> Iterator[Propriete]:
        yield from self.proprietes
        for groupe in self.groupes:
            yield from groupe.toutes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """Un motif d'exclusion, un critère de sélection ou une information, et ses questions."""

    uuid: str
    code: str
    nom: str = ""
    description: str = ""
    article: str = ""
    lots: tuple[str, ...] = ()
    groupes: tuple[Groupe, ...] = ()

    def proprietes(self) -> Iterator[Propriete]:
        for groupe in self.groupes:
            yield from groupe.toutes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preuve:
    """Une preuve disponible en ligne."""

    id: str
    adresse: str = ""
    emetteur: str = ""


@dataclass(frozen=True, slots=True)
class Emission:
    """L'identifiant unique d'un DUME qu'on écrit, et l'instant où on l'écrit."""

    uuid: str
    le: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dume:
    """Un DUME.

    `sorte` : celle de sa racine ; `reponses` :
    par identifiant de question, dans l'ordre du fichier.
    """

    sorte: str
    ubl: str = "2.3"
    version: str = VERSION
    identifiant: str = ""
    uuid: str = ""
    consultation: str = ""
    intitule: str = ""
    emis_le: str = ""
    emis_a: str = ""
    procedure: str = ""
    notes: tuple[str, ...] = ()
    acheteur: Partie = Partie()
    operateur: Operateur | None = None
    objet: str = ""
    lots: tuple[str, ...] = ()
    criteres: tuple[Critere, ...] = ()
    reponses: Mapping[str, tuple[Valeur, ...]] = field(default_factory=dict)
    preuves: tuple[Preuve, ...] = ()

    @property
    def est_une_reponse(self) -> bool:
        return self.sorte == REPONSE

    def reponse(self, question: str) -> Valeur | None:
        return next(iter(self.reponses.get(question, ())), None)
