"""Ce que l'acheteur envoie et reçoit.

Les réponses d'un brouillon portent les noms des champs de ses pages.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, field_validator

from beffroi.faces.api.schemas import Entree
from beffroi.publicite.questions.rules import SIGNES_PAR_TEXTE

Texte = Annotated[str, Field(max_length=SIGNES_PAR_TEXTE)]
Valeur = Annotated[str, Field(max_length=SIGNES_PAR_TEXTE)]
Valeurs = Valeur | Annotated[list[Valeur], Field(max_length=200)]


class Reponses(Entree):
    """Le champ, et ce qui y serait tapé ou coché : `{"titre":
    "Toiture", "prestation": "travaux"}`.
    """

    champs: dict[Annotated[str, Field(max_length=80)], Valeurs] = Field(max_length=2_000)

    @field_validator("champs")
    @classmethod
    def sans_nul(cls, champs: dict[str, Any]) -> dict[str, Any]:
        if "\0" in repr(champs).replace("\\x00", "\0"):
            raise ValueError("caractère nul")
        return champs


class ConsultationDeLAcheteur(Schema):
    """`etat` : celui du cycle (brouillon, publiee, close…)."""

    reference: str
    titre: str
    organisme: str
    etat: str
    procedure: str
    creee_le: datetime
    publiee_le: datetime | None
    date_limite: datetime | None


class PageDeConsultationsDeLAcheteur(Schema):
    consultations: list[ConsultationDeLAcheteur]
    suivant: int | None


class ConsultationDeLAcheteurEnDetail(ConsultationDeLAcheteur):
    """`reponses` : ce que l'acheteur a répondu, question par question.

    `restantes` : les questions sans réponse.
    """

    objet: str
    lieu: str
    code_cpv: str
    date_limite_des_questions: datetime | None
    ouverture_prevue_le: datetime | None
    reponses: dict[str, Any]
    restantes: list[str]


class Champ(Schema):
    nom: str
    etiquette: str
    aide: str
    valeur: str | list[str]
    obligatoire: bool
    choix: list[str]


class Question(Schema):
    """Une question d'un brouillon, et ses champs remplis de ce qui est répondu ou proposé."""

    question: str
    titre: str
    champs: list[Champ]


class Point(Schema):
    """Un contrôle : `bloquant` empêche de publier, `avertissement` se relit, `acquis` est réglé."""

    gravite: Literal["bloquant", "avertissement", "acquis"]
    texte: str
    tache: str
    source: str


class Controles(Schema):
    publiable: bool
    points: list[Point]


class Prolongation(Entree):
    date_limite: datetime
    motif: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]

    @field_validator("date_limite")
    @classmethod
    def avec_son_fuseau(cls, date_limite: datetime) -> datetime:
        if date_limite.tzinfo is None:
            raise ValueError("fuseau manquant")
        return date_limite


class QuestionRecue(Schema):
    """`auteur` est vide jusqu'à l'heure limite : qui demande répondra sans doute."""

    question: str
    texte: str
    recue_le: datetime
    hors_delai: bool
    etat: Literal["sans_reponse", "preparee", "repondue", "ecartee"]
    auteur: str
    motif_d_ecart: str
    numero: int | None
    question_publique: str
    reponse: str


class QuestionsRecues(Schema):
    questions: list[QuestionRecue]


class ProjetDeReponse(Entree):
    """`suite` : le dossier change-t-il ? « non » demande `motif_sans_changement`."""

    question_publique: Texte
    texte: Texte
    suite: Literal["", "non", "document", "delai"] = ""
    motif_sans_changement: Annotated[str, Field(max_length=1000)] = ""


class Relecture(Entree):
    """`relue` : la personne a relu, rien ne dit qui a posé la question."""

    relue: bool = False


class Ecart(Entree):
    motif: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]


class Retrait(Schema):
    le: datetime
    document: str
    version: int
    entreprise: str
    identifiant: str
    courriel: str
    prevenue: str


class RegistreDesRetraits(Schema):
    """`manques` : les téléchargements servis qui n'ont pas pu s'inscrire."""

    etabli_le: datetime
    retraits: list[Retrait]
    manques: int


class DepotRecu(Schema):
    recepisse: str
    recu_le: datetime
    entreprise: str
    identifiant: str
    lots: list[int]
    fichiers: int
    octets: int
    hors_delai: bool
    etat: str
    remplace: str | None
    support: str
    ecriture: int | None


class RegistreDesDepots(Schema):
    etabli_le: datetime
    date_limite: datetime
    depots: list[DepotRecu]
