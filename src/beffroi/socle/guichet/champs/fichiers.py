"""Un fichier joint, dont la limite se lit avant le clic et dans le refus."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from formats import tailles

LIMITE = tailles.humaniser(OCTETS_PAR_PIECE)


class FichierField(forms.FileField):
    """Un fichier borné. Vide, il arrive jusqu'à la règle, qui le dit avec ses mots."""

    def __init__(self, label: str = "Fichier") -> None:
        super().__init__(
            label=label,
            max_length=255,
            allow_empty_file=True,
            help_text=f"PDF, image ou document, {LIMITE} au plus.",
            error_messages={
                "required": "Choisissez un fichier.",
                "max_length": "Le nom de ce fichier est trop long : 255 signes au plus.",
            },
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, UploadedFile) and (data.size or 0) > OCTETS_PAR_PIECE:
            taille = tailles.humaniser(data.size or 0)
            raise forms.ValidationError(
                f"Ce fichier fait {taille}. La limite est de {LIMITE} par fichier."
            )
        return super().clean(data, initial)
