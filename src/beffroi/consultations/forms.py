"""Les formulaires de l'acheteur : la forme ici, le droit dans les règles."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from beffroi.cles.models import PaireDeCles
from beffroi.consultations import procedures
from beffroi.consultations.fiche import Fiche
from beffroi.consultations.models import Consultation, PieceAttendue, PieceDce
from beffroi.consultations.procedures import PROCEDURE_ADAPTEE
from beffroi.consultations.rules import heure_limite
from beffroi.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from droit.calendrier import heures
from formats.dates import PARIS


class JourField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Écrivez une date, par exemple 12/01/2027."}


class HeureField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": "Écrivez une heure, par exemple 12:00."}


def instant(form: forms.Form, prefixe: str) -> datetime | None:
    """Réunit un jour et une heure de Paris ; l'erreur va au champ de l'heure."""
    jour: date | None = form.cleaned_data.get(f"jour_{prefixe}")
    heure: time | None = form.cleaned_data.get(f"heure_{prefixe}")
    if jour is None and heure is None:
        return None
    if jour is None or heure is None:
        manque = "jour" if jour is None else "heure"
        form.add_error(f"{manque}_{prefixe}", "Il faut le jour et l'heure ensemble.")
        return None
    decision = heures.heure_utilisable(jour, heure)
    if not decision.favorable:
        form.add_error(f"heure_{prefixe}", decision.motifs[0].texte)
        return None
    return heures.instant_de_paris(jour, heure)


def en_jour_et_heure(prefixe: str, valeur: datetime | None) -> dict[str, Any]:
    """Un instant, tel que les deux champs l'affichent."""
    if valeur is None:
        return {}
    local = valeur.astimezone(PARIS)
    return {f"jour_{prefixe}": local.date(), f"heure_{prefixe}": local.time().replace(second=0, microsecond=0)}


class NouvelleForm(forms.Form):
    """Le premier formulaire : sept choses simples, aucune date calculée à la main."""

    titre = forms.CharField(
        label="Qu'achetez-vous ?",
        max_length=200,
        help_text="En une ligne. Par exemple : Réfection de la toiture de l'école.",
        error_messages={"required": "Écrivez en une ligne ce que vous achetez."},
    )
    objet = forms.CharField(
        label="Décrivez l'achat en quelques phrases",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Décrivez l'achat : une entreprise doit savoir si elle est concernée."},
    )
    nature = forms.ChoiceField(label="C'est plutôt…", choices=Consultation.Nature.choices, widget=forms.RadioSelect)
    type_de_procedure = forms.ChoiceField(
        label="Procédure",
        choices=procedures.choix,
        help_text="Sous les seuils européens, une commune choisit d'ordinaire la procédure adaptée.",
    )
    lieu = forms.CharField(
        label="Lieu", max_length=200, required=False, help_text="La commune, ou l'adresse du chantier."
    )
    jour_limite = JourField(label="Jour de l'heure limite", required=True)
    heure_limite = HeureField(
        label="Heure limite, à Paris", help_text="Nous proposons une date : changez-la si besoin."
    )

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_limite" in donnees and "heure_limite" in donnees:
            donnees["limite"] = instant(self, "limite")
        concession = donnees.get("nature") == Consultation.Nature.CONCESSION
        if concession != (
            "concession" in procedures.procedure(donnees.get("type_de_procedure", PROCEDURE_ADAPTEE)).natures
        ):
            self.add_error("type_de_procedure", "Une concession a sa propre procédure. Accordez les deux choix.")
        return donnees

    def fiche(self) -> Fiche:
        """La fiche, avec les deux dates qu'on déduit de l'heure limite."""
        donnees = self.cleaned_data
        limite = donnees["limite"]
        return Fiche(
            titre=donnees["titre"],
            objet=donnees["objet"],
            nature=donnees["nature"],
            type_de_procedure=donnees["type_de_procedure"],
            lieu=donnees["lieu"],
            date_limite_remise=limite,
            date_limite_questions=heure_limite.questions_proposees(limite),
            ouverture_prevue_le=heure_limite.ouverture_proposee(limite),
        )


class DescriptionForm(NouvelleForm):
    """La description entière, reprise ensuite."""

    code_cpv = forms.RegexField(
        label="Code CPV",
        regex=r"^\d{8}(-\d)?$",
        required=False,
        help_text="Huit chiffres, par exemple 45261210-9. Il aide les entreprises à vous trouver.",
        error_messages={"invalid": "Écrivez huit chiffres, par exemple 45261210-9."},
    )
    jour_questions = JourField(label="Dernier jour pour poser une question", required=False)
    heure_questions = HeureField(label="Heure des dernières questions", required=False)
    jour_ouverture = JourField(label="Jour prévu de l'ouverture", required=False)
    heure_ouverture = HeureField(label="Heure prévue de l'ouverture", required=False)
    adresse_de_remise = forms.CharField(
        label="Adresse pour les copies de sauvegarde",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Où une entreprise porte sa copie sur papier ou sur clé USB.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        donnees["questions"], donnees["ouverture"] = instant(self, "questions"), instant(self, "ouverture")
        limite = donnees.get("limite")
        if limite and donnees["questions"] and donnees["questions"] >= limite:
            self.add_error("jour_questions", "Les questions s'arrêtent avant l'heure limite.")
        if limite and donnees["ouverture"] and donnees["ouverture"] <= limite:
            self.add_error("jour_ouverture", "L'ouverture vient après l'heure limite.")
        return donnees

    def fiche(self) -> Fiche:
        donnees = self.cleaned_data
        return Fiche(
            titre=donnees["titre"],
            objet=donnees["objet"],
            nature=donnees["nature"],
            type_de_procedure=donnees["type_de_procedure"],
            code_cpv=donnees["code_cpv"],
            lieu=donnees["lieu"],
            date_limite_remise=donnees["limite"],
            date_limite_questions=donnees["questions"],
            ouverture_prevue_le=donnees["ouverture"],
            adresse_de_remise=donnees["adresse_de_remise"],
        )


def valeurs_de_la_nouvelle(maintenant: datetime) -> dict[str, Any]:
    """Ce que le premier formulaire propose d'avance."""
    proposee = heure_limite.limite_proposee(maintenant)
    return {"nature": "travaux", "type_de_procedure": PROCEDURE_ADAPTEE, **en_jour_et_heure("limite", proposee)}


def valeurs_de_la_description(consultation: Consultation) -> dict[str, Any]:
    champs = ("titre", "objet", "nature", "type_de_procedure", "code_cpv", "lieu", "adresse_de_remise")
    return {
        **{champ: getattr(consultation, champ) for champ in champs},
        **en_jour_et_heure("limite", consultation.date_limite_remise),
        **en_jour_et_heure("questions", consultation.date_limite_questions),
        **en_jour_et_heure("ouverture", consultation.ouverture_prevue_le),
    }


class LotsForm(forms.Form):
    """Un lot par ligne, numérotés dans l'ordre."""

    lots = forms.CharField(
        label="Vos lots, un par ligne",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Par exemple : Couverture et zinguerie. Laissez vide si l'achat n'a qu'un lot.",
    )

    def clean_lots(self) -> list[str]:
        lignes = [ligne.strip() for ligne in self.cleaned_data["lots"].splitlines() if ligne.strip()]
        trop_longues = [ligne for ligne in lignes if len(ligne) > 200]
        if trop_longues:
            raise forms.ValidationError("Un intitulé dépasse 200 signes. Raccourcissez-le.")
        if len(lignes) > 99:
            raise forms.ValidationError("Il y a plus de 99 lots. Regroupez-en.")
        return lignes


class DocumentForm(forms.Form):
    """Un document du dossier."""

    sorte = forms.ChoiceField(label="Quel document ?", choices=PieceDce.Sorte.choices)
    intitule = forms.CharField(
        label="Intitulé", max_length=160, required=False, help_text="Vide : nous reprenons le nom de sa sorte."
    )
    fichier = forms.FileField(
        label="Fichier",
        max_length=255,
        allow_empty_file=True,
        help_text=f"Tous les formats, {OCTETS_MAXIMUM_D_UN_DOCUMENT // 10**9} Go au plus. "
        "Préférez un format ouvert : PDF, ODT, ODS.",
        error_messages={"required": "Choisissez un fichier."},
    )


class RemplacementForm(forms.Form):
    """La version nouvelle d'un document publié."""

    fichier = forms.FileField(
        label="Nouvelle version",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choisissez le fichier de la nouvelle version."},
    )
    explication = forms.CharField(
        label="Qu'est-ce qui change ?",
        max_length=300,
        help_text="Une phrase, que toutes les entreprises liront.",
        error_messages={"required": "Dites ce qui change : les entreprises doivent le savoir."},
    )


class PieceAttendueForm(forms.Form):
    """Une pièce que la réponse doit contenir."""

    enveloppe = forms.ChoiceField(label="Dans quelle enveloppe ?", choices=PieceAttendue.Enveloppe.choices)
    intitule = forms.CharField(
        label="Intitulé de la pièce", max_length=120, error_messages={"required": "Nommez la pièce attendue."}
    )
    lot = forms.ChoiceField(label="Pour quel lot ?", required=False)
    formats = forms.CharField(
        label="Formats acceptés", max_length=80, required=False, help_text="Par exemple : pdf, ods. Vide : tous."
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = [(str(lot.numero), str(lot)) for lot in consultation.lots.all()]
        if lots:
            self.fields["lot"] = forms.ChoiceField(
                label="Pour quel lot ?", required=False, choices=[("", "Tous les lots"), *lots]
            )
        else:
            del self.fields["lot"]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("lot") and donnees.get("enveloppe") == PieceAttendue.Enveloppe.CANDIDATURE:
            self.add_error("lot", "Une pièce de candidature vaut pour tous les lots.")
        return donnees


class PolitiqueForm(forms.Form):
    """Combien de personnes tournent leur clé."""

    politique = forms.ChoiceField(
        label="Combien de personnes tournent leur clé ?",
        choices=[
            (PaireDeCles.Politique.STANDARD, "Une seule suffit, deux personnes au moins en ont une (Standard)"),
            (PaireDeCles.Politique.DOUBLE, "Deux ensemble, trois personnes au moins en ont une (Double contrôle)"),
        ],
        widget=forms.RadioSelect,
    )


class ProlongationForm(forms.Form):
    """Une heure limite plus tardive."""

    jour_limite = JourField(label="Nouveau jour")
    heure_limite = HeureField(label="Nouvelle heure, à Paris")
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Une phrase, que toutes les entreprises liront.",
        error_messages={"required": "Dites pourquoi : les entreprises le liront."},
    )

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_limite" in donnees and "heure_limite" in donnees:
            donnees["limite"] = instant(self, "limite")
        return donnees


class SansSuiteForm(forms.Form):
    """Renoncer, en disant pourquoi."""

    motif = forms.CharField(
        label="Pourquoi renoncez-vous ?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=480,
        help_text="Un motif d'intérêt général, ou l'absence d'offre recevable. Les entreprises le liront.",
        error_messages={"required": "Dites pourquoi : les entreprises doivent le savoir (CCP, art. R. 2185-2)."},
    )
