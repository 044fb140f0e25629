"""Le formulaire du document signé : la forme seulement."""

from django import forms

from beffroi.proces_verbaux.models import ProcesVerbalSigne


class SignatureForm(forms.Form):
    """Le procès-verbal signé, et qui l'a signé."""

    fichier = forms.FileField(
        label="Procès-verbal signé",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="Un PDF, 20 Mo au plus.",
    )
    mode = forms.ChoiceField(
        label="Comment est-il signé ?", choices=ProcesVerbalSigne.Mode.choices, widget=forms.RadioSelect
    )
    signataires = forms.MultipleChoiceField(label="Qui l'a signé ?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: object, attendus: list[str], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["signataires"].choices = [(nom, nom) for nom in attendus]  # type: ignore[attr-defined]
