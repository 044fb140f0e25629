"""Ce que l'entreprise envoie et reçoit, au-delà du dépôt lui-même."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from beffroi.faces.api.schemas import Entree, Recu
from beffroi.publicite.questions.rules import SIGNES_PAR_TEXTE


class ReponseEnListe(Schema):
    reponse: str
    consultation: str
    titre: str
    lots: list[int]
    etat: Literal["en_preparation", "deposee"]
    commencee_le: datetime
    expire_le: datetime
    date_limite: datetime | None
    depots: list[str]


class PageDeReponses(Schema):
    reponses: list[ReponseEnListe]
    suivant: int | None


class Depot(Recu):
    """`etat` : déposé, remplacé, retiré ou ouvert. Tout le reste est un fait, et ne change pas."""

    consultation: str
    etat: str
    retire_le: datetime | None


class DepotEnListe(Schema):
    recepisse: str
    consultation: str
    recu_le: datetime
    date_limite: datetime
    hors_delai: bool
    etat: str


class PageDeDepots(Schema):
    depots: list[DepotEnListe]
    suivant: int | None


class NouvelleQuestion(Entree):
    texte: Annotated[str, Field(min_length=1, max_length=SIGNES_PAR_TEXTE, pattern=r"\S")]
    etablissement: str = Field("", max_length=40)


class ReponsePublique(Schema):
    numero: int
    question: str
    reponse: str
    publiee_le: datetime


class QuestionPosee(Schema):
    """`hors_delai` : reçue après la date limite des questions ; l'acheteur décide."""

    question: str
    consultation: str
    texte: str
    recue_le: datetime
    hors_delai: bool
    etat: Literal["posee", "repondue", "ecartee"]
    motif_d_ecart: str
    reponse: ReponsePublique | None


class PageDeQuestions(Schema):
    questions: list[QuestionPosee]
    suivant: int | None
