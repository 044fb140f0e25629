"""Les champs que tous les formulaires partagent : un jour, un texte, ce qui distingue deux envois."""

import secrets
from typing import Any

from django import forms

ECRIVEZ_UNE_DATE = "Écrivez une date, par exemple 12/01/2027."


class JourField(forms.DateField):
    """Une date écrite par une personne, à la main ou au calendrier."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = dict.fromkeys(("required", "invalid"), ECRIVEZ_UNE_DATE)


def nouvelle_cle_d_envoi() -> str:
    return secrets.token_urlsafe(24)


class CleDEnvoiField(forms.RegexField):
    """Ce qui distingue un envoi d'un second clic : tirée avec la page, et la même tant qu'elle reste ouverte."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            r"^[A-Za-z0-9_-]{32}$", **{"widget": forms.HiddenInput, "initial": nouvelle_cle_d_envoi, **options}
        )


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
