"""Ouvrir une copie : la forme seulement."""

from typing import Any

from django import forms

from beffroi.personnes.entreprises.models import Equipe
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

    equipe = forms.ChoiceField(
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

    def __init__(self, *arguments: Any, equipes: list[Equipe], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.equipes = {str(e.pk): e for e in equipes}
        self.fields["equipe"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir"),
            *((cle, f"{e.nom}, {e.identifiant}") for cle, e in self.equipes.items()),
        ]
        self.fields["cas"].choices = list(DITS.items())  # type: ignore[attr-defined]

    def constat(self) -> Constat:
        donnees = self.cleaned_data
        return Constat(self.equipes[donnees["equipe"]], Cas(donnees["cas"]), donnees["motif"])

    def remis(self) -> list[Remis]:
        return [
            Remis(fichier.name or "sans nom", fichier.file)
            for fichier in self.cleaned_data["fichiers"]
        ]
