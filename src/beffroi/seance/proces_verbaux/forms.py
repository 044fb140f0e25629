"""Le formulaire du document signé : la forme seulement."""

from django import forms

from beffroi.seance.proces_verbaux.models import ProcesVerbalSigne


class SignatureForm(forms.Form):
    """Le procès-verbal signé, et qui l'a signé."""

    fichier = forms.FileField(
        label="Procès-verbal signé",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="Un PDF, 20 Mo au plus.",
    )
    mode = forms.ChoiceField(
        label="Comment est-il signé ?",
        choices=ProcesVerbalSigne.Mode.choices,
        widget=forms.RadioSelect,
    )
    signataires = forms.MultipleChoiceField(
        label="Qui l'a signé ?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: object, attendus: list[str], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["signataires"].choices = [(nom, nom) for nom in attendus]  # type: ignore[attr-defined]


class RemarqueForm(forms.Form):
    """La seule part du procès-verbal qui s'écrive à la main."""

    texte = forms.CharField(
        label="Ajouter une remarque",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Elle est recopiée telle quelle au procès-verbal.",
    )
