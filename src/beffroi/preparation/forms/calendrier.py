"""Question 5 : pour quand ? Toutes les dates sont proposées ; la personne n'en calcule aucune."""

from datetime import date, datetime
from typing import Any

from django import forms

from beffroi.atelier.forms import HeureField, JourField, en_jour_et_heure, instant
from beffroi.preparation.reponses import AUCUNE_REPONSE, Calendrier, Reponses
from beffroi.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.preparation.rules.dates import DatesProposees


class CalendrierForm(forms.Form):
    """Quand l'avis part, jusqu'à quand on répond, quand on commence."""

    jour_envoi = JourField(
        label="Jour où l'avis partira",
        help_text="Nous laissons une semaine pour la relecture. C'est cette date qui choisit les seuils.",
        error_messages={"required": "Donnez le jour où l'avis partira."},
    )
    jour_limite = JourField(
        label="Jour de l'heure limite", error_messages={"required": "Donnez le jour de l'heure limite."}
    )
    heure_limite = HeureField(label="Heure limite, à Paris", error_messages={"required": "Donnez l'heure limite."})
    jour_questions = JourField(label="Dernier jour pour poser une question", required=False)
    heure_questions = HeureField(label="Heure des dernières questions", required=False)
    jour_ouverture = JourField(label="Jour prévu de l'ouverture", required=False)
    heure_ouverture = HeureField(label="Heure prévue de l'ouverture", required=False)
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

    @classmethod
    def valeurs(
        cls, faits: FaitsDeLaConsultation, reponses: Reponses, proposees: DatesProposees, ouverture: datetime | None
    ) -> dict[str, Any]:
        dit = reponses.calendrier
        return {
            "jour_envoi": dit.envoi_de_l_avis if dit else proposees.envoi,
            **en_jour_et_heure("limite", faits.limite or proposees.limite),
            **en_jour_et_heure("questions", faits.derniere_question if dit else proposees.questions),
            **en_jour_et_heure("ouverture", ouverture if dit else proposees.ouverture),
            "debut": dit.debut if dit else None,
            "urgence": dit.urgence if dit else "",
            "preinformation": dit.preinformation if dit else None,
        }

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for moment in ("limite", "questions", "ouverture"):
            donnees[moment] = instant(self, moment)
        limite, envoi, debut = donnees["limite"], donnees.get("jour_envoi"), donnees.get("debut")
        if limite and donnees["questions"] and donnees["questions"] >= limite:
            self.add_error("jour_questions", "Les questions s'arrêtent avant l'heure limite.")
        if limite and donnees["ouverture"] and donnees["ouverture"] <= limite:
            self.add_error("jour_ouverture", "L'ouverture vient après l'heure limite.")
        if limite and envoi and envoi > limite.date():
            self.add_error("jour_limite", "L'heure limite vient après l'envoi de l'avis.")
        if limite and debut and debut <= limite.date():
            self.add_error("debut", "Le marché commence après l'heure limite, et après l'attribution.")
        return donnees

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
