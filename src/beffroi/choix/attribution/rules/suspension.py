"""L'attente entre les lettres et la signature,
comptée de date à date depuis la dernière lettre de rejet partie.

CCP, art. R. 2182-1, R. 2182-2, R. 3125-1, R. 3125-2 et R. 3126-11 ; CE, 2 août 2011, n° 347526.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from beffroi.choix.attribution.rules.regimes import CONCOURS, Regime, regime_de
from droit.calendrier import suspension as calendrier
from droit.calendrier.heures import PARIS
from droit.citation import Article, Source
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, Valeur
from droit.tables import Procedure
from formats.pluriels import compter

ATTENTE = Article("CCP", "R. 2182-1")
DISPENSES = Article("CCP", "R. 2182-2")
ATTENTE_DES_CONCESSIONS = Article("CCP", "R. 3125-2")
SOUS_LE_SEUIL = Article("CCP", "R. 3126-11")
SANS_DELAI = Article("CCP", "R. 2181-1")


@dataclass(frozen=True)
class Rejet:
    """Une lettre de rejet partie : le jour, à Paris, et si c'est par voie électronique."""

    jour: date
    electronique: bool = True


@dataclass(frozen=True)
class FaitsDeSuspension:
    """Ce qu'il faut savoir d'un lot attribué. `a_prevenir` :
    les entreprises non retenues à qui rien n'est parti.

    `participants` : les entreprises qui ont pris part à la consultation pour ce lot, la retenue
    comprise. `retenues` : combien le sont ; plusieurs dans un accord-cadre à plusieurs titulaires.
    """

    procedure: Procedure
    participants: int
    retenues: int = 1
    a_prevenir: int = 0
    rejets: Sequence[Rejet] = ()


@dataclass(frozen=True)
class Suspension:
    """Ce qu'il faut attendre. `depuis` : la lettre dont part le compte.

    `jour` : le premier jour où le contrat peut être signé. Vide :
    rien à attendre, ou des lettres restent à envoyer.
    """

    exigee: bool
    jour: date | None = None
    depuis: date | None = None
    pourquoi: tuple[Motif, ...] = field(default=())

    @property
    def article(self) -> Source:
        return next((motif.source for motif in self.pourquoi if motif.source), ATTENTE)


def suspension_de(faits: FaitsDeSuspension, *, le: date) -> Suspension:
    """L'attente due, de la dernière lettre partie au premier jour où l'on peut signer ;
    `le` : la loi de ce jour.
    """
    dispense = dispense_de(faits, le=le)
    if dispense is not None:
        return Suspension(exigee=False, pourquoi=(dispense,))
    comptes = [(rejet, _compter(faits.procedure, rejet)) for rejet in faits.rejets]
    if not comptes:
        return Suspension(
            exigee=True,
            pourquoi=(Motif("Elle court de la dernière lettre de rejet.", _article(faits)),),
        )
    dernier, (jour, pourquoi) = max(comptes, key=lambda compte: (compte[1][0], compte[0].jour))
    return Suspension(
        exigee=True, jour=None if faits.a_prevenir else jour, depuis=dernier.jour, pourquoi=pourquoi
    )


def dispense_de(faits: FaitsDeSuspension, *, le: date) -> Motif | None:
    """Pourquoi rien n'est à attendre :
    procédure adaptée, concession sous le seuil, dispense (CCP, art. R. 2182-2).
    """
    regime, procedure = regime_de(faits.procedure), faits.procedure
    if regime == Regime.CONCESSION_SOUS_LE_SEUIL:
        return Motif(
            "Sous le seuil, aucune attente n'est exigée avant de signer une concession.",
            SOUS_LE_SEUIL,
        )
    table = _dispense_des_tables(procedure, le=le)
    if table is not None:
        return Motif(
            f"« {procedure.libelle} » : aucune attente n'est exigée avant de signer.", table.article
        )
    if not regime.attend:
        suite = " Après un concours, faites-le vérifier." if procedure.cle == CONCOURS else ""
        return Motif(f"L'attente ne vaut que pour les procédures formalisées.{suite}", ATTENTE)
    if faits.participants <= 1:
        return _seul(regime)
    if faits.participants <= faits.retenues:
        return Motif(
            "Toutes les entreprises sont retenues : il n'y a pas de lettre de rejet d'où compter.",
            ATTENTE,
        )
    return None


def _seul(regime: Regime) -> Motif:
    if regime == Regime.FORMALISEE:
        return Motif(
            "Une seule entreprise a participé à la consultation : aucune attente n'est exigée.",
            DISPENSES,
        )
    return Motif(
        "Une seule entreprise a participé : il n'y a pas de lettre de rejet d'où compter.",
        ATTENTE_DES_CONCESSIONS,
    )


def _dispense_des_tables(procedure: Procedure, *, le: date) -> Valeur | None:
    """Un marché subséquent n'est pas noté formalisé dans les tables ;
    il est pourtant dispensé par son nom.
    """
    return calendrier.dispense_de_suspension(Droit.au(le), procedure)


def _compter(procedure: Procedure, rejet: Rejet) -> tuple[date, tuple[Motif, ...]]:
    """La loi est celle du jour où la lettre part."""
    echeance = calendrier.premiere_signature(
        Droit.au(rejet.jour), procedure, rejet=rejet.jour, electronique=rejet.electronique
    )
    if echeance is None or echeance.jour is None:
        raise ValueError("Une procédure qui attend a un premier jour de signature.")
    return echeance.jour, echeance.pourquoi


def _article(faits: FaitsDeSuspension) -> Article:
    return ATTENTE_DES_CONCESSIONS if regime_de(faits.procedure).est_une_concession else ATTENTE


def peut_signer(faits: FaitsDeSuspension, *, le: datetime) -> Decision:
    """Jamais avant la fin de l'attente, à l'heure de Paris :
    le jour dit, à 0 h, la signature est possible.
    """
    jour = le.astimezone(PARIS).date()
    suspension = suspension_de(faits, le=jour)
    restent = _restent(faits)
    if not suspension.exigee:
        return Decision.accord(*suspension.pourquoi, *((restent,) if restent else ()))
    if restent:
        return Decision.refus(restent)
    if suspension.jour is None:
        return Decision.refus(
            Motif(
                "Aucune lettre de rejet n'est partie : l'attente n'a pas commencé.", _article(faits)
            )
        )
    if jour < suspension.jour:
        depuis = en_toutes_lettres(suspension.depuis) if suspension.depuis else ""
        return Decision.refus(
            Motif(
                f"Le contrat peut être signé à partir du {en_toutes_lettres(suspension.jour)}, "
                "et pas avant : "
                f"l'attente court depuis la dernière lettre de rejet, partie le {depuis}.",
                suspension.article,
            )
        )
    return Decision.accord(*suspension.pourquoi)


def _restent(faits: FaitsDeSuspension) -> Motif | None:
    if not faits.a_prevenir:
        return None
    qui = compter(
        faits.a_prevenir,
        "entreprise non retenue n'est pas encore prévenue",
        "entreprises non retenues ne sont pas encore prévenues",
    )
    return Motif(f"{qui} : envoyez d'abord les lettres.", SANS_DELAI)
