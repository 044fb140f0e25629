"""Ce que les consultations affichent et qu'un contexte plus haut décide :
préparation, limites d'un dépôt, répétition.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.rules.publication import Controle
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.ports import Service, port
from droit.decision import Decision


@dataclass(frozen=True)
class Limites:
    """Les limites d'une réponse, celles-là mêmes qui sont appliquées."""

    octets_par_reponse: int
    octets_par_fichier: int
    fichiers_par_reponse: int


@port("consultations.LimitesDeDepot")
def limites_par_nom() -> Mapping[str, int]:
    """Les limites d'un dépôt, par leur nom."""


def limites_de_depot() -> Limites:
    """Les limites à annoncer avant le premier clic."""
    valeurs = limites_par_nom()
    return Limites(
        octets_par_reponse=valeurs["octets_par_reponse"],
        octets_par_fichier=valeurs["octets_par_fichier"],
        fichiers_par_reponse=valeurs["fichiers_par_reponse"],
    )


@port("consultations.AttenteDuJoue")
def attente_du_joue(consultation: Consultation, *, maintenant: datetime) -> Decision:
    """L'avis européen laisse-t-il publier ici (CCP, art. R. 2131-20 et R. 3122-5) ?

    Le profil d'acheteur est un support national : il attend le JOUE.
    """


@dataclass(frozen=True)
class EtatDeLaPublicite:
    """Où en est l'avis qui annonce l'achat : un ton, un mot, un signe, une phrase, et sa page."""

    ton: str
    mot: str
    signe: str
    phrase: str
    url: str


@port("consultations.PubliciteDeLaConsultation")
def publicite_de(consultation: Consultation, *, le: datetime) -> EtatDeLaPublicite:
    """Où en est la publicité, tel que les pages de l'acheteur le disent."""


@port("consultations.AvisDus")
def avis_dus(consultation: Consultation, *, le: datetime) -> Sequence[Controle]:
    """Les avis nationaux que la loi exige et que rien ne prépare encore.

    Ils avertissent avant de publier : l'avis part le jour même, aucun texte ne le veut paru avant.
    """


@dataclass(frozen=True)
class MembreSansCoordonnees:
    """Un membre du groupement que l'avis européen ne nomme qu'en texte, et pourquoi."""

    nom: str
    pourquoi: str


@port("consultations.MembresDansLAvis")
def membres_sans_coordonnees(
    consultation: Consultation, *, le: datetime
) -> Sequence[MembreSansCoordonnees]:
    """Les membres d'un groupement que l'avis européen exigé ne nommera qu'en texte ;
    aucun quand il n'est pas exigé.
    """


@port("consultations.AvisPublics")
def adresse_de_l_avis(consultation: Consultation) -> str:
    """Où l'avis se lit ici ; vide s'il n'y en a pas.

    Il devient public avec la consultation, au même instant.
    """


@dataclass(frozen=True)
class EtatDeLaRepetition:
    """L'ouverture a-t-elle été répétée ? La phrase à montrer, et s'il est encore temps."""

    faite: bool
    texte: str
    possible: bool


@port("consultations.RepetitionDeLOuverture")
def repetition_de(consultation: Consultation, *, le: datetime) -> EtatDeLaRepetition:
    """Les personnes désignées ont-elles répété l'ouverture ?

    Ce que la page de l'acheteur en dit.
    """


@dataclass(frozen=True)
class SuiteDeLaProcedure:
    """Ce qui vient dans une procédure en deux temps ; tout est vide en un temps.

    `geste`, `url` : l'acte qui vient, pour qui décide. `page`, `adresse` :
    où l'on en est, pour qui lit.
    """

    phrase: str = ""
    geste: str = ""
    url: str = ""
    page: str = ""
    adresse: str = ""


@port("consultations.SuitesDesProcedures")
def suite_de_la_procedure(consultation: Consultation, *, le: datetime) -> SuiteDeLaProcedure:
    """Où en est une procédure en deux temps :
    ce que la page de suivi dit des candidatures et des tours d'offres.
    """


@dataclass(frozen=True)
class EtapeApresOuverture:
    """Une étape de la fin de procédure, pour la page de suivi :
    ce que c'est, où l'on en est, et sa page.

    `attend` dit qu'un acte de l'acheteur y est attendu maintenant ; `geste` le nomme.
    """

    nom: str
    phrase: str
    url: str
    geste: str
    attend: bool = False


def suites_de_l_ouverture(
    consultation: Consultation, *, le: datetime
) -> Sequence[EtapeApresOuverture]:
    """Ce qui suit l'ouverture, des candidatures au contrat, dans l'ordre ;
    rien avant qu'elle ait eu lieu.
    """
    if consultation.etat in (Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE):
        return []
    suites = prises.rangees(lambda un: un.suites)
    return [etape for suite in suites if (etape := suite.fonction(consultation, le=le)) is not None]


@dataclass(frozen=True)
class EcranAMontrer:
    """Un écran de l'acheteur, que l'assistance peut regarder avec lui.

    `composer` reçoit la requête de l'acheteur lui-même : ses droits décident, et rien ne s'y écrit.
    Aucun de ces écrans ne lit un dépôt ni une clé.
    """

    cle: str
    nom: str
    composer: Callable[[HttpRequest], HttpResponse]


def ecrans_a_montrer(consultation: Consultation) -> Iterator[EcranAMontrer]:
    """Ce qui peut s'en regarder, dans l'ordre de la maison :
    qui n'en cherche qu'un s'arrête avant que les suivants se lisent.
    """
    for montre in prises.rangees(lambda un: un.ecrans_a_montrer):
        yield from montre.fonction(consultation)


@dataclass(frozen=True)
class Etape:
    """Une question de la préparation :
    répondue, fautive, reprise d'ailleurs et à confirmer, et son adresse.
    """

    cle: str
    nom: str
    faite: bool
    fautive: bool
    facultative: bool
    url: str
    a_confirmer: bool = False


@dataclass(frozen=True)
class LienDuBrouillon:
    """Une aide proposée depuis le brouillon : une phrase, un geste, une page."""

    geste: str
    phrase: str
    url: str


@port("consultations.LiensDuBrouillon")
def liens_du_brouillon(consultation: Consultation) -> Sequence[LienDuBrouillon]:
    """De quoi s'aider pour écrire et relire le dossier."""


@port("consultations.ReglementAJour")
def reglement_a_jour(consultation: Consultation) -> Sequence[tuple[str, str]]:
    """Le règlement récrit : chaque format, et où le prendre ; rien si le texte vient d'ailleurs.

    Un délai prolongé laisse l'ancienne heure dans le règlement en ligne : celui-ci dit la nouvelle.
    """


@port("consultations.ControlesAvantPublication")
def controles_de_l_achat(consultation: Consultation, *, le: datetime) -> Sequence[Controle]:
    """Ce qui, dans l'achat, empêche encore de publier, prêt pour la page « Vérifier ».

    Ce que l'acheteur a gardé en disant pourquoi n'y est pas.
    """


class Preparation(Protocol):
    """Qui mène les questions de la préparation, et où elle commence."""

    def etapes(self, consultation: Consultation, *, le: datetime) -> Sequence[Etape]: ...

    def panneau(self, consultation: Consultation, *, le: datetime) -> str: ...

    def hors_profil(self, consultation: Consultation) -> str: ...

    def adresse_de_la_nouvelle(self) -> str: ...

    def adresse_de_la_question(self, consultation: Consultation, cle: str) -> str: ...


preparation = Service[Preparation]("consultations.Preparation")


@dataclass(frozen=True)
class HistoireDuDossier:
    """Ce qui a changé depuis la publication, rendu ; ce que l'acheteur prépare, et où."""

    versions: str
    prets: int
    url: str
    reglement_depasse: bool = False  # celui en ligne a été publié avant que le délai soit prolongé


class Retraits(Protocol):
    """Qui inscrit un téléchargement, une fois servi, et propose d'être prévenu.

    Rien n'y retarde une réponse.
    """

    def noter(
        self,
        request: HttpRequest,
        reponse: HttpResponseBase,
        consultation: Consultation,
        *,
        piece: PieceDce | None,
        version: int,
    ) -> None: ...

    def encart(self, consultation: Consultation) -> str: ...


retraits = Service[Retraits]("consultations.Retraits")


@port("consultations.VersionsDuDossier")
def histoire_du_dossier(
    consultation: Consultation, *, a_l_acheteur: bool = False
) -> HistoireDuDossier:
    """Les versions d'un dossier publié, racontées."""


@dataclass(frozen=True)
class EtatDesQuestions:
    """Ce qui a été répondu à tous, ce qui attend une réponse, et où aller ;
    `poser` est vide quand on ne peut plus.
    """

    publiees: int
    a_traiter: int
    page: str
    poser: str
    gerer: str


@port("consultations.Questions")
def questions_de(consultation: Consultation) -> EtatDesQuestions:
    """Où en sont les questions posées sur une consultation."""


@dataclass(frozen=True)
class EtatDesEchanges:
    """Les courriers partis, les réponses à lire, ce que personne n'a lu, et où aller."""

    envoyes: int
    a_lire: int
    a_relancer: int
    page: str


@port("consultations.Echanges")
def echanges_de(consultation: Consultation, *, le: datetime) -> EtatDesEchanges:
    """Où en est ce que l'acheteur et les entreprises s'écrivent."""
