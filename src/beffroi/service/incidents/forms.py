"""Ce que l'acheteur répond."""

from django import forms


class DeclinerForm(forms.Form):
    motif = forms.CharField(
        label="Pourquoi vous ne prolongez pas",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une entreprise ou un juge le demandera.",
        error_messages={
            "required": (
                "Dites pourquoi vous ne prolongez pas : une entreprise ou un juge le demandera."
            )
        },
    )
