"""Un fichier joint, dont la limite se lit avant le clic et dans le refus."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from formats import tailles


class FichierBorne(forms.FileField):
    """Trop gros, il se refuse en disant sa taille et la limite ; puis `suite`."""

    octets_au_plus, suite = OCTETS_PAR_PIECE, ""

    @property
    def limite(self) -> str:
        return tailles.humaniser(self.octets_au_plus)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, UploadedFile) and (data.size or 0) > self.octets_au_plus:
            taille = tailles.humaniser(data.size or 0)
            raise forms.ValidationError(
                f"Ce fichier fait {taille}. La limite est de {self.limite} par fichier.{self.suite}"
            )
        return super().clean(data, initial)


class FichierField(FichierBorne):
    """Le fichier attendu. Vide, il arrive jusqu'à la règle, qui le dit avec ses mots."""

    def __init__(
        self,
        label: str = "Fichier",
        *,
        sortes: str = "PDF, image ou document",
        octets_au_plus: int = 0,
    ) -> None:
        if octets_au_plus:
            self.octets_au_plus = octets_au_plus
        super().__init__(
            label=label,
            max_length=255,
            allow_empty_file=True,
            help_text=f"{sortes}, {self.limite} au plus.",
            error_messages={
                "required": "Choisissez un fichier.",
                "max_length": "Le nom de ce fichier est trop long : 255 signes au plus.",
            },
        )


class PieceField(FichierBorne):
    """Un fichier facultatif, à côté d'un texte : refusé, il n'en fait rien perdre."""

    suite = " Votre texte est gardé."

    def __init__(self, rang: int) -> None:
        super().__init__(
            label=f"Fichier {rang}",
            required=False,
            max_length=255,
            help_text=f"Tous les formats, {self.limite} au plus.",
            error_messages={
                "empty": "Ce fichier est vide. Choisissez le bon fichier.",
                "max_length": "Le nom de ce fichier est trop long : 255 signes au plus.",
            },
        )
