"""Chaque acte d'un défaut, tel que son écran le propose : un formulaire, une phrase, un service."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beffroi.centre.impayes import forms
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.rules import etapes as regles
from beffroi.centre.impayes.rules.delais import arret_en_cours
from beffroi.centre.impayes.rules.etapes import Situation
from beffroi.centre.impayes.services import cloture, decisions, etapes, suspensions
from beffroi.centre.impayes.services.decisions import DECISIONS
from beffroi.centre.impayes.states import AVANT_LA_FIN, Etat
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.guichet import gestes as guichet

Faire = Callable[[Defaut, Any, Utilisateur, datetime], object]


@dataclass(frozen=True)
class Geste(guichet.Geste[Defaut]):
    """`regle` : l'acte que la règle autorise ou non ce jour-là ; vide, l'état suffit.

    `propose`, `decide` : l'acte que la première personne propose, ou que la seconde décide.
    """

    permission: str
    dans: frozenset[Etat]
    regle: str = ""
    propose: str = ""
    decide: str = ""

    @property
    def a_deux(self) -> str:
        """Le nom de la proposition que ce geste ouvre ou tranche."""
        acte = self.propose or self.decide
        return DECISIONS[acte].nom if acte else ""


def _mettre_en_demeure(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return etapes.mettre_en_demeure(defaut=defaut, par=par, maintenant=le)


def _refaire(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return etapes.refaire_la_lettre(
        defaut=defaut, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


def _recevoir(defaut: Defaut, form: forms.ReceptionForm, par: Utilisateur, le: datetime) -> object:
    return etapes.noter_la_reception(
        defaut=defaut, reception=form.reception(), par=par, maintenant=le
    )


def _proposer(acte: str) -> Faire:
    def faire(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
        return decisions.proposer(
            defaut=defaut, acte=acte, motif=form.cleaned_data["motif"], par=par, maintenant=le
        )

    return faire


def _decider(acte: str) -> Faire:
    def faire(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
        return decisions.decider(
            defaut=defaut, acte=acte, motif=form.cleaned_data["motif"], par=par, maintenant=le
        )

    return faire


def _proposer_le_retour(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return decisions.proposer_le_retour(
        defaut=defaut, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


def _revenir(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return decisions.revenir_sur_la_fin(
        defaut=defaut, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


def _notifier(defaut: Defaut, form: forms.ReceptionForm, par: Utilisateur, le: datetime) -> object:
    return decisions.notifier(defaut=defaut, reception=form.reception(), par=par, maintenant=le)


def _lever(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return decisions.lever_le_blocage(
        defaut=defaut, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


def _suspendre(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return suspensions.suspendre(
        contribution=defaut.contribution, **form.cleaned_data, par=par, maintenant=le
    )


def _abandonner(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return cloture.abandonner(
        defaut=defaut, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


GESTES = {
    geste.nom: geste
    for geste in (
        Geste(
            "mise-en-demeure",
            "Mettre en demeure",
            "Écrire la mise en demeure",
            "La lettre s'écrit en PDF et en ODT. Imprimez-la, faites-la signer, "
            "envoyez-la en recommandé. Les jours pour "
            "payer courront de sa réception, pas d'aujourd'hui.",
            "La mise en demeure est écrite. Envoyez-la en recommandé.",
            forms.RienForm,
            _mettre_en_demeure,
            "relancer",
            frozenset({Etat.RELANCEE}),
            "mettre_en_demeure",
        ),
        Geste(
            "reception",
            "Noter la réception",
            "Garder la preuve",
            (
                "Les jours pour payer courent de la date écrite sur l'avis, "
                "ou de la première présentation."
            ),
            "La preuve est gardée. Les jours pour payer courent de sa date.",
            forms.ReceptionForm,
            _recevoir,
            "noter_une_preuve",
            frozenset({Etat.DEMEURE_ENVOYEE}),
        ),
        Geste(
            "proposer-le-blocage",
            "Proposer d'arrêter les consultations nouvelles",
            "Proposer",
            "Rien ne s'arrête : une autre personne, le président ou qui a sa délégation, décide. "
            "La décision arrêterait les consultations nouvelles à sa notification ; celles qui "
            "courent iraient à leur terme.",
            "C'est proposé. Une autre personne en décide.",
            forms.PropositionForm,
            _proposer("decider_le_blocage"),
            "proposer",
            frozenset({Etat.EN_DEMEURE}),
            "decider_le_blocage",
            propose="decider_le_blocage",
        ),
        Geste(
            "proposer-la-fin",
            "Proposer de mettre fin à la convention",
            "Proposer",
            "Rien ne finit : une autre personne, le président ou qui a sa délégation, décide. La "
            "convention finirait à la notification de sa décision, sans avoir de départ ; les "
            "consultations qui courent iraient à leur terme.",
            "C'est proposé. Une autre personne en décide.",
            forms.PropositionForm,
            _proposer("decider_la_fin"),
            "proposer",
            frozenset({Etat.EN_DEMEURE, Etat.BLOQUEE}),
            "decider_la_fin",
            propose="decider_la_fin",
        ),
        Geste(
            "blocage",
            "Arrêter les consultations nouvelles",
            "Écrire la décision",
            "La décision est motivée, et s'écrit en PDF et en ODT. "
            "Rien ne s'arrête avant qu'elle soit notifiée. Les "
            "consultations en cours vont à leur terme : aucune réponse n'est retenue.",
            "La décision est écrite. Elle prendra effet à sa notification.",
            forms.DecisionForm,
            _decider("decider_le_blocage"),
            "decider",
            frozenset({Etat.EN_DEMEURE}),
            "decider_le_blocage",
            decide="decider_le_blocage",
        ),
        Geste(
            "fin",
            "Mettre fin à la convention",
            "Écrire la décision",
            "La décision est motivée. La convention finira le jour où sa notification est notée, "
            "sans avoir de départ. Les consultations en cours vont à leur terme. Pendant sept "
            "jours, deux personnes peuvent y revenir ; payer ensuite ne suffira pas.",
            "La décision est écrite. Elle prendra effet à sa notification.",
            forms.DecisionForm,
            _decider("decider_la_fin"),
            "decider",
            frozenset({Etat.EN_DEMEURE, Etat.BLOQUEE}),
            "decider_la_fin",
            decide="decider_la_fin",
        ),
        Geste(
            "proposer-le-retour",
            "Proposer de revenir sur la fin",
            "Proposer",
            "Une erreur, une somme payée entre-temps : la convention reprendrait. Une autre "
            "personne en décide, dans les sept jours et avant tout effacement.",
            "C'est proposé. Une autre personne en décide.",
            forms.PropositionForm,
            _proposer_le_retour,
            "proposer",
            frozenset({Etat.FINIE, Etat.REGLEE}),
            propose="revenir_sur_la_fin",
        ),
        Geste(
            "retour",
            "Revenir sur la fin de la convention",
            "Reprendre la convention",
            "La convention court de nouveau, et l'organisme crée des consultations. Ce qui reste "
            "dû reste dû : le dossier revient à la mise en demeure. L'adhérent reçoit un courriel.",
            "La convention reprend.",
            forms.RaisonForm,
            _revenir,
            "decider",
            frozenset({Etat.FINIE, Etat.REGLEE}),
            decide="revenir_sur_la_fin",
        ),
        Geste(
            "notification",
            "Noter la notification",
            "Garder la preuve",
            (
                "La décision prend effet le jour écrit sur l'avis, "
                "ou celui de la première présentation."
            ),
            "La preuve est gardée. La décision a pris effet.",
            forms.ReceptionForm,
            _notifier,
            "noter_une_preuve",
            frozenset({Etat.BLOCAGE_DECIDE, Etat.FIN_DECIDEE}),
            "notifier",
        ),
        Geste(
            "contestation",
            "Noter une contestation",
            "Arrêter les délais",
            (
                "Une lettre ou un appel conteste cette somme. "
                "Les délais s'arrêtent jusqu'à votre réponse motivée."
            ),
            "La contestation est notée. Les délais sont arrêtés.",
            forms.SuspensionForm,
            _suspendre,
            "repondre_a_une_contestation",
            frozenset(AVANT_LA_FIN),
        ),
        Geste(
            "levee",
            "Lever le blocage",
            "Lever le blocage",
            (
                "Un échéancier, une erreur : l'organisme crée de nouveau des consultations. "
                "La somme reste due."
            ),
            "Le blocage est levé.",
            forms.RaisonForm,
            _lever,
            "decider",
            frozenset({Etat.BLOQUEE}),
        ),
        Geste(
            "nouvelle-lettre",
            "Refaire la mise en demeure",
            "Refaire la lettre",
            (
                "La lettre ou sa preuve s'est perdue. La première reste au dossier ; "
                "il faudra en envoyer une autre."
            ),
            "Vous pouvez écrire une autre mise en demeure.",
            forms.RaisonForm,
            _refaire,
            "relancer",
            frozenset({Etat.DEMEURE_ENVOYEE}),
        ),
        Geste(
            "abandon",
            "Renoncer",
            "Renoncer",
            "Le centre renonce à poursuivre cette somme. Le blocage, s'il y en a un, se lève.",
            "Le dossier est clos.",
            forms.RaisonForm,
            _abandonner,
            "decider",
            frozenset(AVANT_LA_FIN),
        ),
    )
}
SECONDS = frozenset({"contestation", "levee", "nouvelle-lettre", "abandon"})


@dataclass(frozen=True)
class Regard:
    """Qui regarde le dossier, quand, et ce qui y est déjà proposé.

    `reprise_jusqu_au` : le dernier jour où sa fin se reprend, si elle se reprend.
    """

    habilitation: Habilitation
    le: date
    proposees: Mapping[str, Proposition]
    reprise_jusqu_au: date | None = None


def gestes_possibles(defaut: Defaut, situation: Situation, regard: Regard) -> Iterator[Geste]:
    """Ceux que l'état, le rôle et le jour permettent ; celui qu'on attend d'abord."""
    conteste = arret_en_cours(situation.arrets, regard.le) is not None
    for geste in GESTES.values():
        if Etat(defaut.etat) not in geste.dans or not _est_a_elle(geste, regard):
            continue
        if geste.nom == "contestation" and conteste:
            continue
        if not geste.regle or regles.permise(geste.regle, situation, le=regard.le).favorable:
            yield geste


def _est_a_elle(geste: Geste, regard: Regard) -> bool:
    """Son rôle le permet ; à deux, rien n'est encore proposé, ou c'est une autre qui l'a fait."""
    if not permet(regard.habilitation, geste.permission, ACTES):
        return False
    if geste.a_deux == DECISIONS["revenir_sur_la_fin"].nom and regard.reprise_jusqu_au is None:
        return False
    proposition = regard.proposees.get(geste.a_deux)
    if geste.propose:
        return proposition is None
    if geste.decide:
        qui = regard.habilitation.utilisateur_id
        return proposition is not None and proposition.proposee_par_id != qui
    return True
