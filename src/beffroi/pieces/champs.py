"""Les champs que tous les formulaires partagent : un jour, un texte."""

from django import forms

ECRIVEZ_UNE_DATE = "Écrivez une date, par exemple 12/01/2027."


class JourField(forms.DateField):
    """Une date écrite par une personne, à la main ou au calendrier."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = dict.fromkeys(("required", "invalid"), ECRIVEZ_UNE_DATE)


def texte(label: str, aide: str = "", *, longueur: int = 200, requis: bool = True, lignes: int = 0) -> forms.CharField:
    """Une ligne, ou plusieurs ; laissé vide, le champ se nomme dans l'erreur."""
    return forms.CharField(
        label=label,
        help_text=aide,
        max_length=longueur,
        required=requis,
        widget=forms.Textarea(attrs={"rows": lignes}) if lignes else forms.TextInput(),
        error_messages={"required": f"Remplissez « {label} »."},
    )
