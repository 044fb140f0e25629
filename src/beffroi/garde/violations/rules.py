"""Ce qu'une violation de données oblige à faire, et avant quand (RGPD, art. 33 et 34).

Pures : le temps est donné.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.garde.violations.states import Cas, Risque
from droit.calendrier.personnes import VIOLATION, notifier_avant
from droit.citation import Article
from droit.decision import Decision, Motif
from formats import dates

COMMUNICATION = Article("RGPD", "34")
# Il reste une journée de travail pour réunir les faits et notifier : cela passe avant le reste.
PRESSE = timedelta(hours=24)


@dataclass(frozen=True)
class Compte:
    """Le compte à rebours de la notification. `reste` est négatif une fois l'heure passée."""

    limite: datetime
    reste: timedelta

    @property
    def est_passe(self) -> bool:
        return self.reste < timedelta()

    @property
    def presse(self) -> bool:
        return self.reste <= PRESSE


@dataclass(frozen=True)
class Situation:
    """Ce qui est su et fait à un moment."""

    responsable: bool
    sous_traitant: bool
    risque: str
    notifiee: bool = False
    notification_ecartee: bool = False
    communiquee: bool = False
    cas: str = ""
    adherents_prevenus: int = 0


def compte_a_rebours(*, connue_le: datetime, le: datetime) -> Compte:
    """72 heures d'heure à heure, comptées du moment où le centre a su (RGPD, art. 33, § 1)."""
    limite = notifier_avant(connue_le)
    return Compte(limite, limite - le)


def notification_attendue(situation: Situation) -> bool:
    """Le responsable notifie, sauf si aucun risque n'en résulte et qu'il l'a écrit ;
    le risque revu, l'attente revient.
    """
    ecartee = situation.notification_ecartee and situation.risque == Risque.AUCUN
    return situation.responsable and not situation.notifiee and not ecartee


def communication_attendue(situation: Situation) -> bool:
    """À risque élevé, les personnes sont prévenues,
    ou l'un des trois cas du texte est dit (RGPD, art. 34).
    """
    dispense = bool(situation.cas) and not (
        situation.cas == Cas.PAS_ELEVE and situation.risque == Risque.ELEVE
    )
    return (
        situation.responsable
        and situation.risque == Risque.ELEVE
        and not situation.communiquee
        and not dispense
    )


def reste_a_faire(situation: Situation) -> tuple[Motif, ...]:
    """Ce que les textes demandent encore, le plus pressé d'abord."""
    prevenir = situation.sous_traitant and not situation.adherents_prevenus
    tout = (
        Motif("Prévenez chaque adhérent touché, sans attendre d'en savoir plus.", VIOLATION)
        if prevenir
        else None,
        Motif("Notifiez la CNIL, ou dites pourquoi aucun risque n'en résulte.", VIOLATION)
        if notification_attendue(situation)
        else None,
        Motif(
            "Prévenez les personnes, ou dites lequel des cas du texte en dispense.", COMMUNICATION
        )
        if communication_attendue(situation)
        else None,
    )
    return tuple(motif for motif in tout if motif)


def peut_clore(situation: Situation) -> Decision:
    """Une violation se clôt quand rien n'est plus dû (RGPD, art. 33, § 5)."""
    return Decision.selon(*reste_a_faire(situation))


def peut_declarer(
    *,
    connue_le: datetime,
    commencee_le: datetime | None,
    le: datetime,
    atteintes: int,
    responsables: int,
) -> Decision:
    """On a su avant de déclarer, et la violation a commencé avant que l'on sache."""
    return Decision.selon(
        Motif("Vous ne pouvez pas avoir su plus tard que maintenant.") if connue_le > le else None,
        Motif("Elle a commencé avant que vous le sachiez : vérifiez les deux heures.")
        if commencee_le is not None and commencee_le > connue_le
        else None,
        None if atteintes else Motif("Dites ce que les données ont subi."),
        None
        if responsables
        else Motif("Dites de qui sont les données : du centre, d'acheteurs, ou des deux."),
    )


def peut_dater(*, faite_le: datetime, connue_le: datetime, le: datetime) -> Decision:
    """Ce qui suit une violation se fait après qu'on l'a sue, et ne se note pas d'avance."""
    return Decision.selon(
        Motif("Cette heure n'est pas encore venue : notez ce qui est fait.")
        if faite_le > le
        else None,
        Motif(f"La violation n'était pas connue avant le {dates.jour_et_heure(connue_le)}.")
        if faite_le < connue_le
        else None,
    )


def peut_notifier(
    *, responsable: bool, premiere: bool, faite_le: datetime, connue_le: datetime, motif: str
) -> Decision:
    """Passé 72 heures, la première notification dit les motifs du retard (RGPD, art. 33, § 1) ;
    un complément, non (§ 4).
    """
    tardive = premiere and faite_le > notifier_avant(connue_le)
    return Decision.selon(
        None
        if responsable
        else Motif(
            "Le centre n'est responsable d'aucune de ces données : chaque acheteur notifie.",
            VIOLATION,
        ),
        Motif("Plus de 72 heures ont passé : dites les motifs du retard.", VIOLATION)
        if tardive and not motif.strip()
        else None,
    )


def peut_ecarter_la_notification(*, risque: str, notifiee: bool) -> Decision:
    """On ne notifie pas ce dont aucun risque ne résulte pour les personnes (RGPD, art. 33, § 1)."""
    return Decision.selon(
        Motif("La CNIL est déjà notifiée.") if notifiee else None,
        None
        if risque == Risque.AUCUN
        else Motif(
            (
                "Un risque est noté pour les personnes : la CNIL se notifie. "
                "Revoyez d'abord les faits."
            ),
            VIOLATION,
        ),
    )


def peut_ecarter_la_communication(*, risque: str, cas: str) -> Decision:
    """À risque élevé, seuls les trois cas du texte dispensent de prévenir (RGPD, art. 34, § 3)."""
    faux = cas == Cas.PAS_ELEVE and risque == Risque.ELEVE
    return Decision.selon(
        Motif(
            "Un risque élevé est noté : choisissez l'un des trois cas, ou revoyez les faits.",
            COMMUNICATION,
        )
        if faux
        else None
    )
