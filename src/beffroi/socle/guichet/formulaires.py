"""Les formulaires que plusieurs pièces présentent pareils, ou à un champ près."""

from typing import Any

from django import forms

from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.champs.fichiers import PieceField
from beffroi.socle.guichet.champs.textes import LigneField
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.guichet.limites import PIECES_PAR_ENVOI


class AdresseForm(forms.Form):
    """Une adresse, et rien d'autre."""

    courriel = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez votre adresse électronique.",
            "invalid": "Cette adresse n'est pas complète. Exemple : nom@entreprise.fr.",
        },
    )


class PersonneForm(forms.Form):
    """Une personne, par son adresse professionnelle."""

    courriel = forms.EmailField(
        label="Adresse électronique",
        help_text="Nominative : un agent, une adresse.",
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )
    nom = LigneField(
        label="Nom et prénom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    qualite = LigneField(
        label="Qualité",
        max_length=120,
        required=False,
        help_text="Par exemple « secrétaire de mairie ».",
    )


class AvecPieces(forms.Form):
    """Trois fichiers au plus, chacun dans son champ : au clavier et sans script."""

    piece_1 = PieceField(1)
    piece_2 = PieceField(2)
    piece_3 = PieceField(3)

    @property
    def pieces(self) -> list[Any]:
        return [self[f"piece_{rang}"] for rang in range(1, PIECES_PAR_ENVOI + 1)]

    def fichiers(self) -> list[Fichier]:
        choisis = [
            self.cleaned_data.get(f"piece_{rang}") for rang in range(1, PIECES_PAR_ENVOI + 1)
        ]
        return [Fichier(fichier.name, fichier) for fichier in choisis if fichier]


class ProlongationForm(forms.Form):
    """Une heure limite plus tardive."""

    jour_limite = JourField(label="Nouveau jour")
    heure_limite = HeureField(label="Nouvelle heure, à Paris")
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Une phrase, que toutes les entreprises liront.",
        error_messages={"required": "Dites pourquoi : les entreprises le liront."},
    )

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_limite" in donnees and "heure_limite" in donnees:
            donnees["limite"] = instant(self, "limite")
        return donnees
