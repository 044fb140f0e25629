"""Chaque acte d'un défaut, tel que son écran le propose : un formulaire, une phrase, un service."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beffroi.centre.impayes import forms
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.rules import etapes as regles
from beffroi.centre.impayes.rules.delais import arret_en_cours
from beffroi.centre.impayes.rules.etapes import Situation
from beffroi.centre.impayes.services import cloture, etapes, suspensions
from beffroi.centre.impayes.states import AVANT_LA_FIN, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.guichet import gestes as guichet

Faire = Callable[[Defaut, Any, Utilisateur, datetime], object]


@dataclass(frozen=True)
class Geste(guichet.Geste[Defaut]):
    """`regle` : l'acte que la règle autorise ou non ce jour-là ; vide, l'état suffit."""

    permission: str
    dans: frozenset[Etat]
    regle: str = ""


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


def _decider(acte: str) -> Faire:
    def faire(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
        return etapes.decider(
            defaut=defaut, acte=acte, motif=form.cleaned_data["motif"], par=par, maintenant=le
        )

    return faire


def _notifier(defaut: Defaut, form: forms.ReceptionForm, par: Utilisateur, le: datetime) -> object:
    return etapes.notifier(defaut=defaut, reception=form.reception(), par=par, maintenant=le)


def _lever(defaut: Defaut, form: Any, par: Utilisateur, le: datetime) -> object:
    return etapes.lever_le_blocage(
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
        ),
        Geste(
            "fin",
            "Mettre fin à la convention",
            "Écrire la décision",
            "La décision est motivée. La convention finira le jour de sa notification, "
            "sans avoir de départ. Les "
            "consultations en cours vont à leur terme. "
            "Payer ensuite ne fera pas revenir la convention.",
            "La décision est écrite. Elle prendra effet à sa notification.",
            forms.DecisionForm,
            _decider("decider_la_fin"),
            "decider",
            frozenset({Etat.EN_DEMEURE, Etat.BLOQUEE}),
            "decider_la_fin",
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


def gestes_possibles(
    defaut: Defaut, situation: Situation, habilitation: Habilitation, le: date
) -> Iterator[Geste]:
    """Ceux que l'état, le rôle et le jour permettent ; celui qu'on attend d'abord."""
    conteste = arret_en_cours(situation.arrets, le) is not None
    for geste in GESTES.values():
        if Etat(defaut.etat) not in geste.dans or not permet(habilitation, geste.permission, ACTES):
            continue
        if geste.nom == "contestation" and conteste:
            continue
        if not geste.regle or regles.permise(geste.regle, situation, le=le).favorable:
            yield geste
