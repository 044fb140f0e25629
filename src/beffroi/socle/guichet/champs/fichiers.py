"""Un fichier joint, dont la limite se lit avant le clic et dans le refus."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from formats import tailles


class FichierField(forms.FileField):
    """Un fichier borné. Vide, il arrive jusqu'à la règle, qui le dit avec ses mots."""

    def __init__(
        self,
        label: str = "Fichier",
        *,
        sortes: str = "PDF, image ou document",
        octets_au_plus: int = OCTETS_PAR_PIECE,
    ) -> None:
        self.octets_au_plus = octets_au_plus
        super().__init__(
            label=label,
            max_length=255,
            allow_empty_file=True,
            help_text=f"{sortes}, {tailles.humaniser(octets_au_plus)} au plus.",
            error_messages={
                "required": "Choisissez un fichier.",
                "max_length": "Le nom de ce fichier est trop long : 255 signes au plus.",
            },
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, UploadedFile) and (data.size or 0) > self.octets_au_plus:
            raise forms.ValidationError(
                f"Ce fichier fait {tailles.humaniser(data.size or 0)}. "
                f"La limite est de {tailles.humaniser(self.octets_au_plus)} par fichier."
            )
        return super().clean(data, initial)
