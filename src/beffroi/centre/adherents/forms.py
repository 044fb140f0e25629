"""Les formulaires de l'annuaire : la forme ici, ce qui se refuse dans les règles."""

from datetime import date
from typing import Any

from django import forms

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.models import Adherent, Contact, Effectif
from beffroi.centre.adherents.services import Identite, Justificatif, Personne
from beffroi.socle.guichet.champs.coordonnees import (
    CodePostalField,
    CommuneField,
    TelephoneField,
    VoieField,
)
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from droit.decision import Decision

ANNEES_PASSEES = 3


def exiger_au_champ(decision: Decision) -> None:
    """Le refus d'une règle, à côté du champ qu'il concerne."""
    if not decision.favorable:
        raise forms.ValidationError([motif.texte for motif in decision.motifs])


def chiffres(saisie: str) -> str:
    """Un numéro sans les espaces qu'on y met pour le lire."""
    return "".join(saisie.split())


class SirenField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        reglages: dict[str, Any] = {"max_length": 20, "help_text": "9 chiffres.", **options}
        super().__init__(
            error_messages={"required": "Saisissez un SIREN : 9 chiffres."}, **reglages
        )

    def clean(self, valeur: Any) -> str:
        siren = chiffres(super().clean(valeur))
        if siren:
            exiger_au_champ(rules.siren_juste(siren))
        return siren


class AdherentForm(forms.Form):
    """Ce qu'on sait d'un adhérent. Le SIREN ne se saisit qu'à l'inscription."""

    siren = SirenField(label="SIREN")
    nom = forms.CharField(
        label="Nom de l'adhérent",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Saisissez le nom, par exemple « Commune de Bomy »."},
    )
    nature = forms.ChoiceField(label="Nature", choices=Adherent.Nature.choices)
    siret = forms.CharField(
        label="SIRET du siège",
        max_length=24,
        required=False,
        help_text="Il peut attendre l'activation : 14 chiffres.",
    )
    code_commune = forms.RegexField(
        label="Code officiel de la commune",
        regex=r"^(?:\d{2}|2[AB])\d{3}$",
        required=False,
        help_text="Celui du code officiel géographique (COG), par exemple 62153.",
        error_messages={"invalid": "Ce code a cinq signes, par exemple 62153."},
    )
    adresse = VoieField()
    code_postal = CodePostalField()
    ville = CommuneField()
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        error_messages={"invalid": "Saisissez une adresse, par exemple mairie@commune.fr."},
    )
    telephone = TelephoneField()

    def __init__(self, *args: Any, adherent: Adherent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adherent = adherent
        if adherent:
            del self.fields["siren"]

    def clean_siret(self) -> str:
        siret = chiffres(self.cleaned_data["siret"])
        siren = self.adherent.siren if self.adherent else self.cleaned_data.get("siren", "")
        if siren:
            exiger_au_champ(rules.siret_de_l_adherent(siret=siret, siren=siren))
        return siret

    def identite(self) -> Identite:
        siren = self.adherent.siren if self.adherent else self.cleaned_data["siren"]
        return Identite(**{**self.cleaned_data, "siren": siren})


class EffectifForm(forms.Form):
    """Combien d'agents, pour quelle année, et le document qui le dit."""

    annee = forms.TypedChoiceField(label="Année", coerce=int)
    agents = forms.CharField(
        label="Nombre d'agents au 1er janvier",
        max_length=40,
        error_messages={
            "required": "Écrivez le nombre d'agents, par exemple 350. Aucun agent s'écrit 0."
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Le nombre écrit sur votre document, sans arrondir.",
    )
    definition = forms.ChoiceField(
        label="Ce que ce nombre compte",
        choices=Effectif.Definition.choices,
    )
    constate_le = JourField(label="Date du document", required=False)
    justificatif = FichierField()

    def __init__(self, *args: Any, aujourd_hui: date, decidee: str, **kwargs: Any) -> None:
        """`decidee` : quels agents le centre de gestion compte ;
        un autre nombre se déclare, et se signale.
        """
        super().__init__(*args, **kwargs)
        self.fields["definition"].initial = decidee
        self.fields[
            "definition"
        ].help_text = f"Le centre de gestion compte : {Effectif.Definition(decidee).label.lower()}."
        annees = range(aujourd_hui.year + 1, aujourd_hui.year - ANNEES_PASSEES, -1)
        self.fields["annee"].choices = [(annee, str(annee)) for annee in annees]  # type: ignore[attr-defined]
        self.fields["annee"].initial = aujourd_hui.year
        self.fields["justificatif"].label = "Document qui l'établit"
        self.fields[
            "justificatif"
        ].help_text = "État du personnel, délibération, attestation : PDF, image ou document."
        self.fields["constate_le"].required = True
        self.fields["constate_le"].error_messages["required"] = (
            "Recopiez la date écrite sur le document."
        )

    def clean_agents(self) -> int | None:
        agents, decision = rules.agents_saisis(self.cleaned_data["agents"])
        exiger_au_champ(decision)
        return agents

    def dit(self) -> dict[str, Any]:
        """Ce que l'acte attend."""
        recu = self.cleaned_data["justificatif"]
        autres = {
            champ: self.cleaned_data[champ]
            for champ in ("annee", "agents", "definition", "constate_le")
        }
        return {**autres, "justificatif": Justificatif(recu.name, recu.read())}


class ContactForm(forms.Form):
    """Une personne, et d'où elle tient son pouvoir de signer."""

    conditions = dict.fromkeys(("acte", "depuis_le"), "pour une délégation")

    sorte = forms.ChoiceField(label="Cette personne est", choices=Contact.Sorte.choices)
    nom = forms.CharField(
        label="Nom et prénom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Saisissez un nom."},
    )
    qualite = forms.CharField(
        label="Qualité",
        max_length=120,
        required=False,
        help_text="Par exemple « maire » ou « secrétaire de mairie ».",
    )
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        error_messages={"invalid": "Saisissez une adresse, par exemple nom@commune.fr."},
    )
    telephone = TelephoneField()
    acte = forms.CharField(
        label="Acte de la délégation",
        max_length=200,
        required=False,
        help_text="Pour une délégation : l'arrêté ou la délibération, son numéro et sa date.",
    )
    depuis_le = JourField(label="Depuis le", required=False)
    jusqu_au = JourField(label="Jusqu'au", required=False, help_text="Vide : sans fin prévue.")

    def clean(self) -> dict[str, Any]:
        saisie = super().clean() or {}
        if not self.errors:
            dits = {champ: saisie[champ] for champ in ("sorte", "acte", "depuis_le", "jusqu_au")}
            exiger_au_champ(rules.pouvoir_complet(**dits))
        return saisie

    def personne(self) -> Personne:
        return Personne(**self.cleaned_data)


class AutreAdherentForm(forms.Form):
    """Un autre adhérent de l'annuaire, par son SIREN."""

    siren = SirenField(label="SIREN de l'autre adhérent", required=False)


class SuccessionForm(forms.Form):
    """Qui prend la suite, et quand."""

    siren = SirenField(label="SIREN du successeur")
    succede_le = JourField(
        label="Il prend la suite le",
        required=False,
        help_text="Pour une commune nouvelle, souvent un 1er janvier.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["succede_le"].required = True
        self.fields["succede_le"].error_messages["required"] = (
            "Saisissez le jour où il prend la suite."
        )


class ImportForm(forms.Form):
    """Le tableau à importer."""

    tableau = FichierField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tableau"].label = "Tableau au format CSV"
        self.fields[
            "tableau"
        ].help_text = (
            "2 Mo et 5 000 lignes au plus, séparées par des points-virgules ou des virgules."
        )


class NoteForm(forms.Form):
    """Ce qu'on retient d'un appel."""

    texte = forms.CharField(
        label="Ce que vous retenez",
        max_length=1000,
        help_text="Une phrase ou deux : qui appelait, pour quoi, ce qui est convenu. "
        "Rien sur une offre, ni sur la santé ou la vie privée de quelqu'un.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez ce que vous retenez de l'appel, en une phrase."},
    )
