"""Ce que les consultations affichent et qu'un contexte plus haut décide : préparation, limites d'un dépôt, répétition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from beffroi.consultations.models import Consultation, PieceDce
from beffroi.consultations.rules.publication import Controle
from beffroi.socle import prises
from beffroi.socle.ports import branche
from droit.decision import Decision


@dataclass(frozen=True)
class Limites:
    """Les limites d'une réponse, celles-là mêmes qui sont appliquées."""

    octets_par_reponse: int
    octets_par_fichier: int
    fichiers_par_reponse: int


class LimitesDeDepot(Protocol):
    """Qui sait dire les limites d'un dépôt, par leur nom."""

    def __call__(self) -> Mapping[str, int]: ...


def limites_de_depot() -> Limites:
    """Les limites à annoncer avant le premier clic."""
    annonce: LimitesDeDepot = branche("consultations.LimitesDeDepot")
    valeurs = annonce()
    return Limites(
        octets_par_reponse=valeurs["octets_par_reponse"],
        octets_par_fichier=valeurs["octets_par_fichier"],
        fichiers_par_reponse=valeurs["fichiers_par_reponse"],
    )


class AttenteDuJoue(Protocol):
    """Qui sait si l'avis européen laisse publier ici (CCP, art. R. 2131-20 et R. 3122-5)."""

    def __call__(self, consultation: Consultation, *, maintenant: datetime) -> Decision: ...


def attente_du_joue(consultation: Consultation, *, maintenant: datetime) -> Decision:
    """Le profil d'acheteur est un support national : il attend le JOUE."""
    dire: AttenteDuJoue = branche("consultations.AttenteDuJoue")
    return dire(consultation, maintenant=maintenant)


@dataclass(frozen=True)
class EtatDeLaPublicite:
    """Où en est l'avis qui annonce l'achat : un ton, un mot, un signe, une phrase, et sa page."""

    ton: str
    mot: str
    signe: str
    phrase: str
    url: str


class PubliciteDeLaConsultation(Protocol):
    """Qui sait où en est la publicité."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> EtatDeLaPublicite: ...


def publicite_de(consultation: Consultation, *, le: datetime) -> EtatDeLaPublicite:
    """Ce que les pages de l'acheteur disent de la publicité."""
    dire: PubliciteDeLaConsultation = branche("consultations.PubliciteDeLaConsultation")
    return dire(consultation, le=le)


class AvisDus(Protocol):
    """Qui sait quel avis national la loi exige et que rien ne prépare encore."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Sequence[Controle]: ...


def avis_dus(consultation: Consultation, *, le: datetime) -> tuple[Controle, ...]:
    """Ce qui avertit avant de publier : l'avis part le jour même, aucun texte ne le veut paru avant."""
    lister: AvisDus = branche("consultations.AvisDus")
    return tuple(lister(consultation, le=le))


@dataclass(frozen=True)
class MembreSansCoordonnees:
    """Un membre du groupement que l'avis européen ne nomme qu'en texte, et pourquoi."""

    nom: str
    pourquoi: str


class MembresDansLAvis(Protocol):
    """Qui sait quels membres d'un groupement l'avis européen compte parmi les acheteurs."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Sequence[MembreSansCoordonnees]: ...


def membres_sans_coordonnees(consultation: Consultation, *, le: datetime) -> Sequence[MembreSansCoordonnees]:
    """Ceux que l'avis européen exigé ne nommera qu'en texte ; aucun quand il n'est pas exigé."""
    lister: MembresDansLAvis = branche("consultations.MembresDansLAvis")
    return lister(consultation, le=le)


class AvisPublics(Protocol):
    """Qui sait si l'avis de cette consultation se lit ici, et où ; vide s'il n'y en a pas."""

    def __call__(self, consultation: Consultation) -> str: ...


def adresse_de_l_avis(consultation: Consultation) -> str:
    """L'avis devient public avec la consultation et son dossier, au même instant."""
    dire: AvisPublics = branche("consultations.AvisPublics")
    return dire(consultation)


@dataclass(frozen=True)
class EtatDeLaRepetition:
    """L'ouverture a-t-elle été répétée ? La phrase à montrer, et s'il est encore temps."""

    faite: bool
    texte: str
    possible: bool


class RepetitionDeLOuverture(Protocol):
    """Qui sait si les personnes désignées ont répété l'ouverture."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> EtatDeLaRepetition: ...


def repetition_de(consultation: Consultation, *, le: datetime) -> EtatDeLaRepetition:
    """Ce que la page de l'acheteur dit de la répétition."""
    dire: RepetitionDeLOuverture = branche("consultations.RepetitionDeLOuverture")
    return dire(consultation, le=le)


@dataclass(frozen=True)
class SuiteDeLaProcedure:
    """Ce qui vient dans une procédure en deux temps ; tout est vide en un temps.

    `geste`, `url` : l'acte qui vient, pour qui décide. `page`, `adresse` : où l'on en est, pour qui lit.
    """

    phrase: str = ""
    geste: str = ""
    url: str = ""
    page: str = ""
    adresse: str = ""


class SuitesDesProcedures(Protocol):
    """Qui sait où en est une procédure en deux temps."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> SuiteDeLaProcedure: ...


def suite_de_la_procedure(consultation: Consultation, *, le: datetime) -> SuiteDeLaProcedure:
    """Ce que la page de suivi dit des candidatures et des tours d'offres."""
    dire: SuitesDesProcedures = branche("consultations.SuitesDesProcedures")
    return dire(consultation, le=le)


@dataclass(frozen=True)
class EtapeApresOuverture:
    """Une étape de la fin de procédure, pour la page de suivi : ce que c'est, où l'on en est, et sa page.

    `attend` dit qu'un acte de l'acheteur y est attendu maintenant ; `geste` le nomme.
    """

    nom: str
    phrase: str
    url: str
    geste: str
    attend: bool = False


def suites_de_l_ouverture(consultation: Consultation, *, le: datetime) -> Sequence[EtapeApresOuverture]:
    """Ce que la page de suivi montre une fois les réponses ouvertes ; rien avant."""
    suites = prises.rangees(lambda un: un.suites)
    return [etape for suite in suites if (etape := suite.fonction(consultation, le=le)) is not None]


@dataclass(frozen=True)
class Etape:
    """Une question de la préparation : répondue, fautive, reprise d'ailleurs et à confirmer, et son adresse."""

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


class LiensDuBrouillon(Protocol):
    """Qui sait aider à écrire et à relire le dossier."""

    def __call__(self, consultation: Consultation) -> Sequence[LienDuBrouillon]: ...


def liens_du_brouillon(consultation: Consultation) -> Sequence[LienDuBrouillon]:
    lister: LiensDuBrouillon = branche("consultations.LiensDuBrouillon")
    return lister(consultation)


class ReglementAJour(Protocol):
    """Qui sait récrire le règlement qu'il a écrit : chaque format, et où le prendre ; rien si le texte vient d'ailleurs."""

    def __call__(self, consultation: Consultation) -> Sequence[tuple[str, str]]: ...


def reglement_a_jour(consultation: Consultation) -> Sequence[tuple[str, str]]:
    """Un délai prolongé laisse l'ancienne heure dans le règlement en ligne : en voici un qui dit la nouvelle."""
    dire: ReglementAJour = branche("consultations.ReglementAJour")
    return dire(consultation)


class ControlesAvantPublication(Protocol):
    """Qui sait ce qui, dans l'achat, empêche encore de publier ; ce que l'acheteur a gardé en disant pourquoi n'y est pas."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> Sequence[Controle]: ...


def controles_de_l_achat(consultation: Consultation, *, le: datetime) -> tuple[Controle, ...]:
    """Les écarts de l'achat, prêts pour la page « Vérifier »."""
    controler: ControlesAvantPublication = branche("consultations.ControlesAvantPublication")
    return tuple(controler(consultation, le=le))


class Preparation(Protocol):
    """Qui mène les questions de la préparation, et où elle commence."""

    def etapes(self, consultation: Consultation, *, le: datetime) -> Sequence[Etape]: ...

    def panneau(self, consultation: Consultation, *, le: datetime) -> str: ...

    def hors_profil(self, consultation: Consultation) -> str: ...

    def adresse_de_la_nouvelle(self) -> str: ...

    def adresse_de_la_question(self, consultation: Consultation, cle: str) -> str: ...


def preparation() -> Preparation:
    menee: Preparation = branche("consultations.Preparation")
    return menee


@dataclass(frozen=True)
class HistoireDuDossier:
    """Ce qui a changé depuis la publication, rendu ; ce que l'acheteur prépare, et où."""

    versions: str
    prets: int
    url: str
    reglement_depasse: bool = False  # celui en ligne a été publié avant que le délai soit prolongé


class Retraits(Protocol):
    """Qui inscrit un téléchargement, une fois servi, et propose d'être prévenu. Rien n'y retarde une réponse."""

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


def retraits() -> Retraits:
    tenus: Retraits = branche("consultations.Retraits")
    return tenus


class VersionsDuDossier(Protocol):
    """Qui sait raconter les versions d'un dossier publié."""

    def __call__(self, consultation: Consultation, *, a_l_acheteur: bool) -> HistoireDuDossier: ...


def histoire_du_dossier(consultation: Consultation, *, a_l_acheteur: bool = False) -> HistoireDuDossier:
    raconter: VersionsDuDossier = branche("consultations.VersionsDuDossier")
    return raconter(consultation, a_l_acheteur=a_l_acheteur)


@dataclass(frozen=True)
class EtatDesQuestions:
    """Ce qui a été répondu à tous, ce qui attend une réponse, et où aller ; `poser` est vide quand on ne peut plus."""

    publiees: int
    a_traiter: int
    page: str
    poser: str
    gerer: str


class Questions(Protocol):
    """Qui tient les questions posées sur une consultation."""

    def __call__(self, consultation: Consultation) -> EtatDesQuestions: ...


def questions_de(consultation: Consultation) -> EtatDesQuestions:
    dire: Questions = branche("consultations.Questions")
    return dire(consultation)


@dataclass(frozen=True)
class EtatDesEchanges:
    """Les courriers partis, les réponses à lire, ce que personne n'a lu, et où aller."""

    envoyes: int
    a_lire: int
    a_relancer: int
    page: str


class Echanges(Protocol):
    """Qui tient ce que l'acheteur et les entreprises s'écrivent."""

    def __call__(self, consultation: Consultation, *, le: datetime) -> EtatDesEchanges: ...


def echanges_de(consultation: Consultation, *, le: datetime) -> EtatDesEchanges:
    dire: Echanges = branche("consultations.Echanges")
    return dire(consultation, le=le)
