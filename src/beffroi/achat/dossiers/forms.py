"""Les formulaires d'un dossier qui change :
un fichier, puis ce que l'on en dit et ce que l'on fait du délai.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.achat.dossiers.rules.prolongation import Prolongation, peut_se_passer_de_prolongation
from beffroi.achat.dossiers.services import Annonce
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant


class RemplacementForm(forms.Form):
    """Le fichier qui remplacera un document publié."""

    fichier = forms.FileField(
        label="Nouvelle version",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choisissez le fichier de la nouvelle version."},
    )


OUI, NON = "oui", "non"


class VersionForm(forms.Form):
    """Ce qui change, sa portée, et ce que l'on fait du délai."""

    explication = forms.CharField(
        label="Qu'est-ce qui change ?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une ou deux phrases, que toutes les entreprises liront.",
        error_messages={"required": "Dites ce qui change : les entreprises le liront."},
    )
    portee = forms.ChoiceField(
        label="Que change-t-il pour une entreprise qui prépare sa réponse ?",
        choices=VersionDuDossier.Portee.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une réponse : elle dit s'il faut prolonger le délai."
        },
    )
    prolonger = forms.ChoiceField(
        label="Prolonger le délai ?",
        choices=[
            (OUI, "Oui, jusqu'au jour et à l'heure ci-dessous"),
            (NON, "Non, l'heure limite ne change pas"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si vous prolongez le délai."},
    )
    jour_limite = JourField(label="Nouveau jour", required=False)
    heure_limite = HeureField(label="Nouvelle heure, à Paris", required=False)
    motif_sans_prolongation = forms.CharField(
        label="Si vous ne prolongez pas, pourquoi ?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "Exigé quand le délai doit être prolongé. Le journal garde cette raison ; "
            "la page publique ne la montre pas."
        ),
    )

    def __init__(self, *args: Any, appelees: Mapping[str, Prolongation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appelees = appelees

    @property
    def portees(self) -> list[tuple[str, str, Prolongation]]:
        """Ce que chaque réponse appelle, à lire avant de choisir."""
        return [(p.value, str(p.label), self.appelees[p.value]) for p in VersionDuDossier.Portee]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("prolonger") == OUI:
            self._lire_la_limite()
        elif donnees.get("prolonger") == NON and "portee" in donnees:
            decision = peut_se_passer_de_prolongation(
                appelee=self.appelees[donnees["portee"]],
                prolongee=False,
                motif=donnees.get("motif_sans_prolongation", ""),
            )
            if not decision.favorable:
                self.add_error("motif_sans_prolongation", decision.motifs[0].texte)
        return donnees

    def _lire_la_limite(self) -> None:
        if "jour_limite" not in self.cleaned_data or "heure_limite" not in self.cleaned_data:
            return
        limite = instant(self, "limite")
        if limite is None and not self.errors:
            self.add_error("jour_limite", "Donnez le nouveau jour et la nouvelle heure.")
        self.cleaned_data["limite"] = limite

    def annonce(self) -> Annonce:
        saisie = self.cleaned_data
        prolongee = saisie["prolonger"] == OUI
        return Annonce(
            explication=saisie["explication"],
            portee=saisie["portee"],
            nouvelle_limite=saisie["limite"] if prolongee else None,
            motif_sans_prolongation="" if prolongee else saisie["motif_sans_prolongation"],
        )
