"""Décider des candidatures, inviter, négocier : la forme seulement ; la loi est dans les règles."""

from datetime import datetime
from typing import Any

from django import forms

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.services import Remise
from beffroi.choix.candidatures.services import Choix
from beffroi.choix.selection.queries import Candidature
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.formulaires import ProlongationForm
from beffroi.socle.guichet.vues import ecrire_les_vues, lire_les_vues

RETENUE, ECARTEE = "retenue", "non_retenue"


class DecisionsForm(forms.Form):
    """Une décision par candidature, et par lot s'il y en a ;
    on peut en laisser à décider plus tard.
    """

    def __init__(self, *arguments: Any, recues: list[Candidature], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lignes: list[tuple[Candidature, int | None, str]] = []
        for candidature in recues:
            for lot in candidature.lots if candidature.est_a_decider else ():
                self._ajouter(candidature, lot)

    def _ajouter(self, candidature: Candidature, lot: int | None) -> None:
        cle = f"{candidature.pli.reference}-{lot or 0}"
        self.lignes.append((candidature, lot, cle))
        prise = candidature.decisions.get(lot)
        pour = f"{candidature.pli.equipe.nom}{f', lot {lot}' if lot else ''}"
        self.fields[f"decision-{cle}"] = forms.ChoiceField(
            label=f"Votre décision : {pour}",
            choices=[(RETENUE, "Retenue"), (ECARTEE, "Non retenue")],
            required=False,
            widget=forms.RadioSelect,
            initial=(RETENUE if prise.retenue else ECARTEE) if prise else None,
        )
        self.fields[f"motif-{cle}"] = forms.CharField(
            label=f"{pour} : si elle n'est pas retenue, pourquoi ?",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=prise.motif if prise else "",
        )

    def vues(self) -> str:
        """La décision que la page montre pour chacune :
        une autre, prise depuis, ne s'écrase pas.
        """
        prises = [(cle, candidature.decisions.get(lot)) for candidature, lot, cle in self.lignes]
        return ecrire_les_vues((cle, prise.pk if prise else "") for cle, prise in prises)

    def champs(self) -> list[tuple[Candidature, int | None, forms.BoundField, forms.BoundField]]:
        """Pour la page : la candidature, le lot, la décision, son motif."""
        return [
            (c, lot, self[f"decision-{cle}"], self[f"motif-{cle}"]) for c, lot, cle in self.lignes
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for _, _, cle in self.lignes:
            if (
                donnees.get(f"decision-{cle}") == ECARTEE
                and not donnees.get(f"motif-{cle}", "").strip()
            ):
                self.add_error(f"motif-{cle}", "Dites pourquoi : le candidat le lira.")
        return donnees

    def choix(self) -> list[Choix]:
        donnees, vues = self.cleaned_data, lire_les_vues(self.data)
        return [
            Choix(
                candidature.pli,
                lot,
                donnees[f"decision-{cle}"] == RETENUE,
                donnees[f"motif-{cle}"],
                vue=vues.get(cle, ""),
            )
            for candidature, lot, cle in self.lignes
            if donnees[f"decision-{cle}"]
        ]


class RemiseForm(forms.Form):
    """Jusqu'à quand les invités remettent leurs offres, et ce que la lettre ajoute."""

    jour_limite = JourField(label="Jour limite")
    heure_limite = HeureField(label="Heure limite, à Paris")
    message = forms.CharField(
        label="Ce que vous ajoutez à la lettre",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Facultatif. Tous les invités lisent le même texte.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_limite" in donnees and "heure_limite" in donnees:
            donnees["limite"] = instant(self, "limite")
        return donnees

    def remise(self) -> Remise:
        limite: datetime = self.cleaned_data["limite"]
        return Remise(
            date_limite=limite,
            delai=self.cleaned_data.get("delai") or Tour.Delai.ORDINAIRE,
            motif_du_delai=self.cleaned_data.get("motif_du_delai", ""),
            message=self.cleaned_data["message"],
        )


class InvitationForm(RemiseForm):
    """La première remise d'offres : son délai minimal, et ce qui l'abrège."""

    delai = forms.ChoiceField(
        label="D'où vient ce délai ?",
        choices=Tour.Delai.choices,
        initial=Tour.Delai.ORDINAIRE,
        widget=forms.RadioSelect,
    )
    motif_du_delai = forms.CharField(
        label="Si le délai est abrégé, pourquoi ?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("jour_limite", "heure_limite", "delai", "motif_du_delai", "message")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if (
            donnees.get("delai") == Tour.Delai.URGENCE
            and not donnees.get("motif_du_delai", "").strip()
        ):
            self.add_error(
                "motif_du_delai", "Dites quelle urgence empêche de laisser le délai ordinaire."
            )
        return donnees


class NegociationForm(RemiseForm):
    """Un tour de plus : jusqu'à quand, et avec qui."""

    gardes = forms.MultipleChoiceField(
        label="Qui reste dans la négociation ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins une entreprise."},
    )
    field_order = ("gardes", "jour_limite", "heure_limite", "message")

    def __init__(self, *arguments: Any, en_lice: list[Invitation], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.en_lice = {invitation.reference: invitation for invitation in en_lice}
        choix = [(reference, i.equipe.nom) for reference, i in self.en_lice.items()]
        self.fields["gardes"].choices = choix  # type: ignore[attr-defined]

    def gardees(self) -> list[Invitation]:
        return [self.en_lice[reference] for reference in self.cleaned_data["gardes"]]


class ProlongationDuTourForm(ProlongationForm):
    """Une heure limite plus tardive, pour tous les invités."""

    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Une phrase, que tous les invités liront.",
        error_messages={"required": "Dites pourquoi : les invités le liront."},
    )
