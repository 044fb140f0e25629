"""Ouvrir une copie : la forme seulement."""

from typing import Any

from django import forms

from beffroi.personnes.entreprises.models import Etablissement
from beffroi.seance.copies_de_sauvegarde.rules import DITS, Cas
from beffroi.seance.copies_de_sauvegarde.services import Constat, Remis


class PlusieursFichiers(forms.ClearableFileInput):
    allow_multiple_selected = True


class FichiersField(forms.FileField):
    """Un ou plusieurs fichiers, chacun vérifié comme un seul."""

    widget = PlusieursFichiers

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FichiersField, self).clean(fichier, initial) for fichier in (data or [])]


class CopieForm(forms.Form):
    """De qui est la copie, pourquoi elle s'ouvre, et ce qu'elle contient."""

    etablissement = forms.ChoiceField(
        label="Entreprise",
        help_text="Celles dont un envoi a commencé sur la plateforme. Lisez le nom sur le pli.",
    )
    cas = forms.ChoiceField(label="Pourquoi elle s'ouvre", widget=forms.RadioSelect)
    motif = forms.CharField(
        label="Ce que vous avez constaté", widget=forms.Textarea(attrs={"rows": 3})
    )
    fichiers = FichiersField(
        label="Fichiers de la copie",
        required=False,
        help_text=(
            "Si elle est sur une clé ou un disque. Trois au plus : au-delà, un ZIP. Vide : "
            "sur papier."
        ),
    )

    def __init__(
        self, *arguments: Any, etablissements: list[Etablissement], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.etablissements = {str(e.pk): e for e in etablissements}
        self.fields["etablissement"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir"),
            *(
                (cle, f"{e.entreprise.nom}, {e.identifiant}")
                for cle, e in self.etablissements.items()
            ),
        ]
        self.fields["cas"].choices = list(DITS.items())  # type: ignore[attr-defined]

    def constat(self) -> Constat:
        donnees = self.cleaned_data
        return Constat(
            self.etablissements[donnees["etablissement"]], Cas(donnees["cas"]), donnees["motif"]
        )

    def remis(self) -> list[Remis]:
        return [
            Remis(fichier.name or "sans nom", fichier.file)
            for fichier in self.cleaned_data["fichiers"]
        ]
