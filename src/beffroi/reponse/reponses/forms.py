"""Les formulaires d'une réponse : les lots choisis, le groupement."""

from typing import TYPE_CHECKING, Any

from django import forms

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.entreprises import rules
from beffroi.personnes.entreprises.models import Membre


class CommencerForm(forms.Form):
    """Ce qu'il faut savoir avant d'ouvrir une réponse :
    pour quel établissement, pour quels lots.
    """

    equipe = forms.ChoiceField(label="Quel établissement répond ?", widget=forms.RadioSelect)
    lots = forms.TypedMultipleChoiceField(
        label="À quels lots répondez-vous ?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous pourrez en changer tant que rien n'est déposé.",
        error_messages={"required": "Choisissez au moins un lot."},
    )

    def __init__(
        self, *args: Any, consultation: Consultation, membres: list[Membre], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choix_de_lots(self, consultation)
        if len(membres) > 1:
            self.fields["equipe"].choices = [  # type: ignore[attr-defined]
                (m.reference, str(m.equipe)) for m in membres
            ]
        else:
            del self.fields["equipe"]


class LotsForm(forms.Form):
    """Les lots auxquels la réponse répond."""

    lots = forms.TypedMultipleChoiceField(
        label="À quels lots répondez-vous ?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un lot."},
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix_de_lots(self, consultation)


def choix_de_lots(form: forms.Form, consultation: Consultation) -> None:
    """Une consultation sans lots ne pose pas la question."""
    choix = [(lot.numero, str(lot)) for lot in consultation.lots.all()]
    if choix:
        form.fields["lots"].choices = choix  # type: ignore[attr-defined]
    else:
        del form.fields["lots"]


class GroupementForm(forms.Form):
    """Seul, ou mandataire d'un groupement (CCP, art. R. 2142-19 à R. 2142-27)."""

    FORMES = (
        ("", "Non, mon entreprise répond seule"),
        ("conjoint", "Oui, en groupement conjoint : chacun répond de sa part"),
        ("conjoint_mandataire_solidaire", "Oui, en groupement conjoint, et je réponds pour tous"),
        ("solidaire", "Oui, en groupement solidaire : chacun répond de tout"),
    )

    forme = forms.ChoiceField(
        label="Répondez-vous avec d'autres entreprises ?",
        choices=FORMES,
        required=False,
        widget=forms.RadioSelect,
    )


class MembreDuGroupementForm(forms.Form):
    """Une autre entreprise du groupement. Une ligne vide ne compte pas."""

    identifiant = forms.CharField(
        label="SIRET ou numéro officiel",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nom = forms.CharField(
        label="Nom de l'entreprise",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        identifiant, nom = (
            rules.chiffres(donnees.get("identifiant", "")),
            donnees.get("nom", "").strip(),
        )
        if identifiant and not nom:
            self.add_error("nom", "Saisissez le nom de cette entreprise.")
        if nom and not identifiant:
            self.add_error(
                "identifiant", "Saisissez le SIRET, ou le numéro officiel hors de France."
            )
        if identifiant:
            for motif in rules.controle_d_un_membre(identifiant).motifs:
                self.add_error("identifiant", motif.texte)
        return {"identifiant": identifiant, "nom": nom}


if TYPE_CHECKING:
    JeuDeLignes = forms.BaseFormSet[MembreDuGroupementForm]
else:
    # Django n'accepte pas encore de paramètre de type sur `BaseFormSet`.
    JeuDeLignes = forms.BaseFormSet


class LignesDuGroupement(JeuDeLignes):
    """Les lignes remplies, et rien d'autre."""

    @property
    def membres(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("identifiant")]


MembresFormSet = forms.formset_factory(
    MembreDuGroupementForm, formset=LignesDuGroupement, extra=2, max_num=20
)
