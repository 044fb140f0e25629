"""Ce que les consultations annoncent : publication, changements, prolongation, fin."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ConsultationPubliee:
    """Une consultation vient d'être publiée."""

    reference: str
    le: datetime


@dataclass(frozen=True)
class DocumentModifie:
    """Un document ajouté, remplacé ou retiré : nom, taille et empreinte, avant et après ;
    vides là où il n'y en a pas.
    """

    nature: str
    intitule: str
    nom_avant: str = ""
    sha256_avant: str = ""
    nom: str = ""
    taille: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class ConsultationModifiee:
    """Le dossier ou l'heure limite d'une consultation publiée vient de changer, d'un seul acte.

    `version` et `documents` quand le dossier change ;
    `nouvelle_limite` quand le délai est prolongé, avec ou sans le dossier.
    """

    reference: str
    sorte: str
    texte: str
    le: datetime
    nouvelle_limite: datetime | None = None
    version: int = 0
    documents: tuple[DocumentModifie, ...] = ()


@dataclass(frozen=True)
class QuestionRepondue:
    """Une réponse vient d'être donnée à tous, avec la question telle que l'acheteur l'a
    récrite : nul n'y est nommé.
    """

    reference: str
    numero: int
    question: str
    reponse: str
    le: datetime


@dataclass(frozen=True)
class RenonciationDecidee:
    """L'acheteur va renoncer, rien n'est encore écrit :
    ce qui doit se noter avant se note maintenant.
    """

    reference: str
    le: datetime


@dataclass(frozen=True)
class ConsultationDeclareeSansSuite:
    """L'acheteur renonce à la procédure."""

    reference: str
    motif: str
    le: datetime


@dataclass(frozen=True)
class GardiensAppeles:
    """L'acheteur recourt aux gardiens : pour quoi, et sur quelle demande écrite."""

    reference: str
    cle: str
    motif: str
    demande: str
    le: datetime
