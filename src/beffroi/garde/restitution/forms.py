"""Accuser réception : la forme ici, le droit dans les règles."""

from django import forms

from beffroi.garde.restitution.rules import CHIFFRES_LUS


class ReceptionForm(forms.Form):
    empreinte = forms.CharField(
        label="Empreinte (SHA-256) du fichier que vous avez",
        max_length=100,
        help_text=(
            f"Ses {CHIFFRES_LUS} premiers signes suffisent. Calculée sur votre fichier, "
            "elle prouve qu'il est entier."
        ),
        error_messages={"required": "Donnez le début de l'empreinte du fichier téléchargé."},
    )
