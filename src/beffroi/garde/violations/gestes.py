"""Ce que l'on peut faire d'une violation ouverte : un nom d'adresse, un formulaire, un service.

La page en est tirée.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from beffroi.garde.violations import forms, rules
from beffroi.garde.violations.rules import Situation
from beffroi.garde.violations.services import declaration, suites
from beffroi.garde.violations.states import Risque


class Geste(NamedTuple):
    """`quand` : ce que la page propose ; le service, lui, décide."""

    titre: str
    explication: str
    acte: str
    form: type[forms.GesteForm]
    service: Callable[..., Any]
    dit: str
    quand: Callable[[Situation], bool]


PRECISER, REPONDRE = "preciser_une_violation", "repondre_d_une_violation"
GESTES: dict[str, Geste] = {
    "preciser": Geste(
        "Préciser les faits",
        "Les faits s'apprennent par étapes. Les adhérents déjà prévenus reçoivent un courriel.",
        PRECISER,
        forms.PreciserForm,
        declaration.preciser,
        "Les faits sont précisés.",
        lambda situation: True,
    ),
    "prevenir": Geste(
        "Prévenir des adhérents",
        (
            "Sans attendre d'en savoir plus (RGPD, art. 33, § 2). Chacun reçoit un courriel, "
            "et lit les faits sur sa page."
        ),
        REPONDRE,
        forms.PrevenirForm,
        suites.prevenir,
        "Les adhérents sont prévenus.",
        lambda situation: situation.sous_traitant,
    ),
    "notifier": Geste(
        "Noter une notification à la CNIL",
        "Notifiez d'abord au téléservice de la CNIL : le logiciel ne le fait pas. "
        "La première compte pour les 72 heures ; "
        "les suivantes la complètent (RGPD, art. 33, § 1 et 4).",
        REPONDRE,
        forms.NotifierForm,
        suites.notifier_la_cnil,
        "La notification est notée.",
        lambda situation: situation.responsable,
    ),
    "ne_pas_notifier": Geste(
        "Ne pas notifier la CNIL",
        "Seulement si aucun risque n'en résulte pour les personnes (RGPD, art. 33, § 1).",
        REPONDRE,
        forms.SansNotifierForm,
        suites.ecarter_la_notification,
        "La raison est notée.",
        lambda situation: (
            rules.notification_attendue(situation) and situation.risque == Risque.AUCUN
        ),
    ),
    "communiquer": Geste(
        "Noter que les personnes sont prévenues",
        (
            "En mots simples : ce qui s'est passé, les conséquences, les mesures, "
            "qui joindre (RGPD, art. 34, § 2)."
        ),
        REPONDRE,
        forms.CommuniquerForm,
        suites.communiquer,
        "C'est noté.",
        lambda situation: situation.responsable,
    ),
    "ne_pas_communiquer": Geste(
        "Ne pas prévenir les personnes",
        "À risque élevé, trois cas seulement en dispensent (RGPD, art. 34, § 3).",
        REPONDRE,
        forms.SansCommuniquerForm,
        suites.ecarter_la_communication,
        "La raison est notée.",
        lambda situation: situation.responsable and not situation.communiquee,
    ),
    "clore": Geste(
        "Clore",
        "Quand rien n'est plus dû. Le registre garde tout ; une violation close ne se rouvre pas.",
        REPONDRE,
        forms.CloreForm,
        declaration.clore,
        "La violation est close.",
        lambda situation: not rules.reste_a_faire(situation),
    ),
}
