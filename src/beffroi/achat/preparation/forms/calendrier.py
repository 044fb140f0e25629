"""Question 5 : pour quand ? Toutes les dates sont proposées ; la personne n'en calcule aucune."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.achat.preparation.rules.dates import (
    DatesProposees,
    ouverture_proposee,
    questions_proposees,
)
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Calendrier, Reponses
from beffroi.socle.guichet.champs.dates import HeureField, JourField, en_jour_et_heure, instant
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

ANNEES_AU_PLUS = 10  # au-delà, l'année est mal tapée
# Ce qui suit l'heure limite tant que la personne n'y touche pas ;
# à côté, dans la page, la proposition qu'elle a vue.
SUIVENT = {"questions": "questions_proposees", "ouverture": "ouverture_proposee"}


class CalendrierForm(forms.Form):
    """Quand l'avis part, jusqu'à quand on répond, quand on commence."""

    jour_envoi = JourField(
        label="Jour où l'avis partira",
        help_text=(
            "Nous laissons une semaine pour la relecture. C'est cette date qui choisit les seuils."
        ),
        error_messages={"required": "Donnez le jour où l'avis partira."},
    )
    jour_limite = JourField(
        label="Jour de l'heure limite",
        error_messages={"required": "Donnez le jour de l'heure limite."},
    )
    heure_limite = HeureField(
        label="Heure limite, à Paris", error_messages={"required": "Donnez l'heure limite."}
    )
    jour_questions = JourField(label="Dernier jour pour poser une question", required=False)
    heure_questions = HeureField(label="Heure des dernières questions", required=False)
    jour_ouverture = JourField(label="Jour prévu de l'ouverture", required=False)
    heure_ouverture = HeureField(label="Heure prévue de l'ouverture", required=False)
    questions_proposees = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    ouverture_proposee = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    debut = JourField(label="Début souhaité du marché", required=False)
    urgence = forms.CharField(
        label="Une urgence justifiée raccourcit-elle le délai ?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Vide : non. Sinon, écrivez les faits : ils seront au dossier.",
    )
    preinformation = JourField(
        label="Date d'envoi d'un avis de préinformation",
        required=False,
        help_text="S'il y en a eu un, il peut raccourcir le délai.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        le: datetime | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.le = le

    @classmethod
    def valeurs(
        cls,
        faits: FaitsDeLaConsultation,
        reponses: Reponses,
        proposees: DatesProposees,
        ouverture: datetime | None,
    ) -> dict[str, Any]:
        dit = reponses.calendrier
        envoi, limite = (
            dit.envoi_de_l_avis if dit else proposees.envoi,
            faits.limite or proposees.limite,
        )
        questions_suivantes, ouverture_suivante = (
            questions_proposees(limite, envoi=envoi),
            ouverture_proposee(limite),
        )
        return {
            "jour_envoi": envoi,
            **en_jour_et_heure("limite", limite),
            **en_jour_et_heure(
                "questions", faits.derniere_question if dit else questions_suivantes
            ),
            **en_jour_et_heure("ouverture", ouverture if dit else ouverture_suivante),
            "questions_proposees": _ecrit(questions_suivantes),
            "ouverture_proposee": _ecrit(ouverture_suivante),
            "debut": dit.debut if dit else None,
            "urgence": dit.urgence if dit else "",
            "preinformation": dit.preinformation if dit else None,
        }

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for moment in ("limite", "questions", "ouverture"):
            donnees[moment] = instant(self, moment)
        limite, envoi, debut = donnees["limite"], donnees.get("jour_envoi"), donnees.get("debut")
        if limite and envoi and not self._limite_refusee(limite, envoi):
            self._suivre(limite, envoi)
            self._comparer_a(limite, debut)
        return donnees

    def _limite_refusee(self, limite: datetime, envoi: date) -> bool:
        """Une heure limite passée n'a pas d'autre défaut à dire ;
        les dates qui la suivent attendent la bonne.
        """
        if self.le and limite <= self.le:
            self.add_error(
                "jour_limite",
                f"L'heure limite, {_en_mots(limite)}, est déjà passée. "
                f"Nous sommes {_en_mots(self.le)} : "
                "choisissez un moment à venir.",
            )
        elif limite.year > (self.le or limite).year + ANNEES_AU_PLUS:
            self.add_error("jour_limite", f"L'heure limite est en {limite.year}. Vérifiez l'année.")
        elif envoi > limite.astimezone(PARIS).date():
            self.add_error(
                "jour_limite",
                f"L'heure limite, {_en_mots(limite)}, tombe avant l'envoi de l'avis, "
                f"le {en_toutes_lettres(envoi)}. "
                "Reculez l'heure limite, ou avancez l'envoi.",
            )
        return "jour_limite" in self.errors

    @property
    def a_reprendre_apres_la_limite(self) -> bool:
        """Une erreur attend dans le volet des questions et de l'ouverture : il reste ouvert."""
        return any(
            f"{temps}_{moment}" in self.errors for moment in SUIVENT for temps in ("jour", "heure")
        )

    def _suivre(self, limite: datetime, envoi: date) -> None:
        """La personne ne calcule aucune date :
        laissées telles que proposées, questions et ouverture suivent la limite.
        """
        donnees = self.cleaned_data
        depart = max(envoi, self.le.astimezone(PARIS).date()) if self.le else envoi
        if self._est_laissee("questions"):
            donnees["questions"] = questions_proposees(limite, envoi=depart)
        if self._est_laissee("ouverture"):
            donnees["ouverture"] = ouverture_proposee(limite)

    def _est_laissee(self, moment: str) -> bool:
        proposee = SUIVENT[moment]
        return proposee in self.data and self.cleaned_data.get(proposee) == _ecrit(
            self.cleaned_data[moment]
        )

    def _comparer_a(self, limite: datetime, debut: date | None) -> None:
        questions, ouverture = self.cleaned_data["questions"], self.cleaned_data["ouverture"]
        if questions and questions >= limite:
            self.add_error(
                "jour_questions",
                f"Le dernier jour pour poser une question, {_en_mots(questions)}, "
                "vient après l'heure limite, "
                f"{_en_mots(limite)}. Choisissez un jour plus tôt.",
            )
        if ouverture and ouverture <= limite:
            self.add_error(
                "jour_ouverture",
                f"Le jour prévu de l'ouverture, {_en_mots(ouverture)}, "
                "vient avant la fin du délai, "
                f"{_en_mots(limite)}. Choisissez un jour plus tard.",
            )
        if debut and debut <= limite.astimezone(PARIS).date():
            self.add_error(
                "debut", "Le marché commence après l'heure limite, et après l'attribution."
            )

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Calendrier:
        donnees = self.cleaned_data
        envoi: date = donnees["jour_envoi"]
        return Calendrier(
            envoi_de_l_avis=envoi,
            debut=donnees["debut"],
            urgence=donnees["urgence"].strip(),
            preinformation=donnees["preinformation"],
        )

    def champs(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        return {
            "date_limite_remise": donnees["limite"],
            "date_limite_questions": donnees["questions"],
            "ouverture_prevue_le": donnees["ouverture"],
        }


def _ecrit(instant_choisi: datetime | None) -> str:
    """Tel que la page le garde à côté des champs, pour savoir si l'on y a touché."""
    return f"{instant_choisi.astimezone(PARIS):%Y-%m-%dT%H:%M}" if instant_choisi else ""


def _en_mots(moment: datetime) -> str:
    local = moment.astimezone(PARIS)
    return f"le {en_toutes_lettres(local.date())} à {local:%H:%M}"
