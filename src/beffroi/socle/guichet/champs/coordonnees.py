"""Où l'on écrit et où l'on appelle : la voie, le code postal, la commune, le téléphone."""

from typing import Any

from django import forms


class VoieField(forms.CharField):
    """Le numéro et la voie."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="Adresse",
            max_length=300,
            required=False,
            help_text="Le numéro et la voie : 1 place de la Mairie.",
            **options,
        )


class CodePostalField(forms.RegexField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            r"^\d{5}$",
            label="Code postal",
            required=False,
            help_text="Cinq chiffres.",
            error_messages={"invalid": "Un code postal a cinq chiffres, par exemple 62960."},
            **options,
        )


class CommuneField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(label="Commune", max_length=120, required=False, **options)


class TelephoneField(forms.RegexField):
    """Un numéro français, à dix chiffres ou précédé de +33."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            r"^(?:\+33|0)[ .]?[1-9](?:[ .]?\d{2}){4}$",
            label="Téléphone",
            required=False,
            help_text="Dix chiffres.",
            error_messages={"invalid": "Écrivez dix chiffres, par exemple 03 21 00 00 00."},
            **options,
        )
