"""Les formulaires de la téléassistance : un accord, un code."""

from django import forms

from beffroi.service.teleassistance.rules import code_tape


class AccordForm(forms.Form):
    """L'accord se donne d'une case cochée, jamais d'une case déjà cochée (RGPD, art. 4, 11)."""

    accord = forms.BooleanField(
        label="J'ai lu, et j'accepte de montrer mon écran",
        error_messages={
            "required": "Cochez la case si vous acceptez. Sans elle, rien n'est montré."
        },
    )
    precedent = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """Le code que la personne dicte au téléphone."""

    code = forms.CharField(
        label="Code que la personne vous dicte",
        max_length=20,
        help_text="Six chiffres, espaces ou non.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": "Tapez les six chiffres que la personne vous dicte."},
    )

    def clean_code(self) -> str:
        code = code_tape(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError("Un code a six chiffres. Faites-le redicter.")
        return code
