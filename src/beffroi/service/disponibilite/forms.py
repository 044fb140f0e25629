"""Annoncer, puis donner la suite."""

from datetime import datetime

from django import forms

from beffroi.service.disponibilite import rules
from beffroi.service.disponibilite.frontal import Dehors
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.disponibilite.services import Annonce
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant

TEXTE = {
    "label": "Ce que les entreprises et les acheteurs doivent savoir",
    "max_length": 2000,
    "widget": forms.Textarea(attrs={"rows": 4}),
    "help_text": (
        "Ce qui ne marche pas, ce qui marche encore, quoi faire. Aucun détail technique, aucun nom."
    ),
    "error_messages": {"required": "Écrivez ce que l'on doit savoir."},
}


class AnnonceForm(forms.Form):
    conditions = dict.fromkeys(("jour_fin", "heure_fin"), "pour une maintenance")
    sorte = forms.ChoiceField(label="De quoi s'agit-il ?", choices=Evenement.Sorte.choices)
    titre = forms.CharField(
        label="En une ligne", max_length=120, error_messages={"required": "Donnez un titre."}
    )
    texte = forms.CharField(**TEXTE)  # type: ignore[arg-type]
    jour_debut = JourField(
        label="Jour du début", error_messages={"required": "Donnez le jour du début."}
    )
    heure_debut = HeureField(
        label="Heure du début, à Paris", error_messages={"required": "Donnez l'heure du début."}
    )
    jour_fin = JourField(label="Jour prévu de la fin", required=False)
    heure_fin = HeureField(label="Heure prévue de la fin, à Paris", required=False)

    def clean(self) -> dict[str, object]:
        donnees = self.cleaned_data
        donnees["debut"], donnees["fin"] = instant(self, "debut"), instant(self, "fin")
        if donnees["debut"] and "sorte" in donnees and not self.errors:
            decision = rules.annonce_possible(
                sorte=donnees["sorte"], commence_le=donnees["debut"], fin_prevue_le=donnees["fin"]
            )
            for motif in decision.motifs:
                self.add_error("jour_fin", motif.texte)
        return donnees

    def annonce(self) -> Annonce:
        donnees = self.cleaned_data
        debut: datetime = donnees["debut"]
        return Annonce(
            sorte=donnees["sorte"],
            titre=donnees["titre"],
            texte=donnees["texte"],
            commence_le=debut,
            fin_prevue_le=donnees["fin"],
        )


class SuiteForm(forms.Form):
    texte = forms.CharField(**TEXTE)  # type: ignore[arg-type]
    fini = forms.BooleanField(label="C'est fini : tout marche de nouveau", required=False)


class VuDuDehorsForm(forms.Form):
    """Ce que le navigateur a mesuré : un en-tête qui manquait est vide."""

    hsts = forms.CharField(required=False, max_length=300)
    csp = forms.CharField(required=False, max_length=5000)
    dialogue = forms.CharField(required=False, max_length=20)
    nom_choisi = forms.BooleanField(required=False)
    debordement = forms.IntegerField(min_value=0, max_value=599)

    def dehors(self) -> Dehors:
        return Dehors(**self.cleaned_data)
