"""Les formulaires d'une reprise : la forme ici, ce qui se refuse dans les règles."""

from typing import Any

from django import forms

from beffroi.centre.reprises.archive import OCTETS_DU_ZIP
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from formats.tableau_lu import OCTETS_AU_PLUS


class TableurForm(forms.Form):
    """Le tableur des conventions signées."""

    tableur = FichierField(
        "Tableur des conventions", sortes="ODS, XLSX ou CSV", octets_au_plus=OCTETS_AU_PLUS
    )


class CopiesForm(forms.Form):
    """Le ZIP des copies signées."""

    zip = FichierField(
        "ZIP des copies signées",
        sortes="Des PDF de 10 Mo au plus, nommés comme dans le tableur",
        octets_au_plus=OCTETS_DU_ZIP,
    )


class VagueForm(forms.Form):
    """Quel jour, et combien ; ou lesquelles, cochées au-dessous."""

    nom = forms.CharField(
        label="Ce que cette vague réunit",
        max_length=120,
        required=False,
        help_text="Pour s'y retrouver, par exemple « Ternois et Audomarois ».",
    )
    le = JourField(label="Jour prévu")
    premieres = forms.IntegerField(
        label="Combien de conventions",
        required=False,
        min_value=1,
        max_value=1_000,
        help_text="Les premières du tableur. Sans effet si vous en cochez.",
        error_messages={
            "invalid": "Écrivez un nombre, par exemple 20.",
            "min_value": "Une vague a une convention au moins.",
            "max_value": "Une vague a 1 000 conventions au plus.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numeros: list[int] = []
        if self.is_bound and hasattr(self.data, "getlist"):
            dits = self.data.getlist("ligne")
            self.numeros = [int(dit) for dit in dits if dit.isdecimal() and len(dit) < 9]

    def clean(self) -> dict[str, Any]:
        saisie = super().clean() or {}
        if not self.numeros and not saisie.get("premieres") and "premieres" not in self.errors:
            self.add_error("premieres", "Dites combien, ou cochez des conventions au-dessous.")
        return saisie


class ActiverForm(forms.Form):
    """Rien à saisir : la page dit ce qui va se faire."""


class AnnulerForm(forms.Form):
    """Pourquoi l'on revient sur une vague."""

    motif = forms.CharField(
        label="Pourquoi l'annuler",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi, en une phrase. Elle est gardée."},
    )


def cases(envoi: Any) -> tuple[dict[int, dict[str, str]], dict[str, int]]:
    """Les cases corrigées, par ligne puis colonne ; et, par SIREN, la ligne que l'on garde."""
    par_ligne: dict[int, dict[str, str]] = {}
    gardees: dict[str, int] = {}
    for nom, valeur in envoi.items():
        sorte, _, reste = nom.partition("-")
        numero, _, colonne = reste.partition("-")
        if sorte == "c" and numero.isdecimal() and len(numero) < 9 and colonne:
            par_ligne.setdefault(int(numero), {})[colonne] = valeur
        elif sorte == "d" and valeur.isdecimal() and len(valeur) < 9:
            gardees[reste] = int(valeur)
    return par_ligne, gardees
