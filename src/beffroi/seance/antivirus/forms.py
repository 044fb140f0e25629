"""Lever une quarantaine : la forme seulement."""

from django import forms


class LeveeForm(forms.Form):
    """Pourquoi ce fichier peut se lire."""

    motif = forms.CharField(
        label="Pourquoi ce fichier peut se lire",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Par exemple : fausse alerte, vérifiée sur un poste isolé par le service informatique."
        ),
    )
