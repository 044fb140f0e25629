"""Examiner, décider, faire compléter, prouver : la forme seulement ; la loi est dans les règles."""

from collections.abc import Sequence
from typing import Any

from django import forms

from beffroi.choix.candidatures.examen import Dossier
from beffroi.choix.candidatures.models import (
    DecisionSurCandidature,
    ExamenDePiece,
    OrdreDExamen,
    Preuve,
)
from beffroi.choix.candidatures.queries import Candidature
from beffroi.choix.candidatures.services import APreciser, Choix, Constat, SaisieDePreuve
from beffroi.choix.echanges.models import PieceJointe
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.champs.fichiers import PieceField
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.guichet.vues import ecrire_les_vues, lire_les_vues
from droit.en_vigueur import Droit
from droit.phrases import en_clair
from droit.pieces_de_candidature import Sorte

ADMISE, ECARTEE = "admise", "ecartee"


class ExamenForm(forms.Form):
    """Un verdict par pièce, et pour les capacités ; on peut en laisser à dire plus tard.

    Le champ « vues » dit quel examen la page montrait de chaque pièce :
    un autre, inscrit depuis, ne s'écrase pas.
    """

    def __init__(self, *arguments: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.dossier = dossier
        for vue in dossier.pieces:
            self.fields[f"verdict-{vue.cle}"] = forms.ChoiceField(
                label=f"Votre verdict : {vue.intitule}",
                choices=ExamenDePiece.Verdict.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=vue.examen.verdict if vue.examen else None,
            )
            self.fields[f"note-{vue.cle}"] = forms.CharField(
                label=f"Note : {vue.intitule}",
                required=False,
                max_length=500,
                initial=vue.examen.note if vue.examen else "",
            )

    def vues(self) -> str:
        return ecrire_les_vues(
            (vue.cle, vue.examen.pk if vue.examen else "") for vue in self.dossier.pieces
        )

    def lignes(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        return [
            (vue, self[f"verdict-{vue.cle}"], self[f"note-{vue.cle}"])
            for vue in self.dossier.pieces
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for vue in self.dossier.pieces:
            insuffisante = donnees.get(f"verdict-{vue.cle}") == ExamenDePiece.Verdict.INSUFFISANTE
            if insuffisante and not donnees.get(f"note-{vue.cle}", "").strip():
                self.add_error(f"note-{vue.cle}", "Dites ce qui ne suffit pas.")
        return donnees

    def constats(self) -> list[Constat]:
        donnees, vues = self.cleaned_data, lire_les_vues(self.data)
        return [
            Constat(
                vue.piece,
                donnees[f"verdict-{vue.cle}"],
                donnees[f"note-{vue.cle}"],
                vues.get(vue.cle, ""),
            )
            for vue in self.dossier.pieces
            if donnees[f"verdict-{vue.cle}"]
        ]


class DecisionForm(forms.Form):
    """Une décision par lot : admise, ou écartée sur une base, avec un motif que le candidat lira.
    « vues » : comme l'examen.

    `incomplete` : il y manque quelque chose, et l'admettre s'explique aussi.
    """

    def __init__(
        self, *arguments: Any, candidature: Candidature, incomplete: bool = False, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.candidature, self.incomplete = candidature, incomplete
        for lot in candidature.lots:
            self._ajouter(lot)

    def _ajouter(self, lot: int | None) -> None:
        cle, prise = lot or 0, self.candidature.decisions.get(lot)
        pour = f", lot {lot}" if lot else ""
        self.fields[f"decision-{cle}"] = forms.ChoiceField(
            label=f"Votre décision{pour}",
            choices=[(ADMISE, "Admise"), (ECARTEE, "Écartée")],
            required=False,
            widget=forms.RadioSelect,
            initial=(ADMISE if prise.retenue else ECARTEE) if prise else None,
        )
        self.fields[f"base-{cle}"] = forms.ChoiceField(
            label=f"Si elle est écartée, sur quelle base{pour} ?",
            choices=[("", "Choisissez"), *DecisionSurCandidature.Base.choices],
            required=False,
            initial=prise.base if prise else "",
        )
        self.fields[f"motif-{cle}"] = forms.CharField(
            label=f"Et pourquoi{pour} ?",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=(
                "Écartée, l'entreprise lira ce motif. Admise malgré ce qui manque, "
                "il reste au dossier."
            )
            if self.incomplete
            else "L'entreprise lira ce motif.",
            initial=prise.motif if prise else "",
        )

    def vues(self) -> str:
        prises = self.candidature.decisions
        return ecrire_les_vues(
            (str(lot or 0), prises[lot].pk if lot in prises else "")
            for lot in self.candidature.lots
        )

    def lignes(
        self,
    ) -> list[tuple[int | None, forms.BoundField, forms.BoundField, forms.BoundField]]:
        cles = [(lot, lot or 0) for lot in self.candidature.lots]
        return [
            (lot, self[f"decision-{cle}"], self[f"base-{cle}"], self[f"motif-{cle}"])
            for lot, cle in cles
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        for lot in self.candidature.lots:
            cle = lot or 0
            decision, muet = (
                donnees.get(f"decision-{cle}"),
                not donnees.get(f"motif-{cle}", "").strip(),
            )
            if decision == ECARTEE and not donnees.get(f"base-{cle}"):
                self.add_error(f"base-{cle}", "Dites sur quelle base vous l'écartez.")
            if decision == ECARTEE and muet:
                self.add_error(f"motif-{cle}", "Dites pourquoi : le candidat le lira.")
            if decision == ADMISE and self.incomplete and muet:
                self.add_error(
                    f"motif-{cle}",
                    "Il manque des pièces : dites pourquoi vous l'admettez sans elles.",
                )
        return donnees

    def choix(self) -> list[Choix]:
        donnees, vues = self.cleaned_data, lire_les_vues(self.data)
        return [
            Choix(
                self.candidature.pli,
                lot,
                vue=vues.get(str(lot or 0), ""),
                retenue=donnees[f"decision-{lot or 0}"] == ADMISE,
                motif=donnees[f"motif-{lot or 0}"],
                base=donnees[f"base-{lot or 0}"],
            )
            for lot in self.candidature.lots
            if donnees[f"decision-{lot or 0}"]
        ]


class DelaiForm(forms.Form):
    """Le dernier moment pour répondre."""

    jour_avant = JourField(label="Répondre avant le")
    heure_avant = HeureField(label="à, heure de Paris")

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if {"jour_avant", "heure_avant"} <= donnees.keys():
            donnees["avant"] = instant(self, "avant")
        return donnees


class ComplementForm(DelaiForm):
    """Qui compléter, quoi lui demander, et un seul délai."""

    def __init__(self, *arguments: Any, dossiers: Sequence[Dossier], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.dossiers = dossiers
        for dossier in dossiers:
            manquent = [vue.cle for vue in dossier.manquantes]
            self.fields[f"pieces-{dossier.pli.reference}"] = forms.MultipleChoiceField(
                label=f"À demander à {dossier.pli.equipe.nom}",
                choices=[(vue.cle, vue.intitule) for vue in dossier.pieces],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=manquent,
            )

    def champs(self) -> list[forms.BoundField]:
        return [self[f"pieces-{dossier.pli.reference}"] for dossier in self.dossiers]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if not any(donnees.get(f"pieces-{dossier.pli.reference}") for dossier in self.dossiers):
            self.add_error(None, "Cochez au moins une pièce à demander.")
        return donnees

    def demandes(self) -> list[APreciser]:
        demandes = []
        for dossier in self.dossiers:
            cles = self.cleaned_data[f"pieces-{dossier.pli.reference}"]
            if cles:
                pieces = [(vue.cle, vue.intitule) for vue in dossier.pieces if vue.cle in cles]
                demandes.append(APreciser(dossier.pli, pieces))
        return demandes


class OrdreForm(forms.Form):
    """Les candidatures d'abord, ou les offres."""

    ordre = forms.ChoiceField(
        label="Qu'examinez-vous d'abord ?",
        choices=OrdreDExamen.Ordre.choices,
        widget=forms.RadioSelect,
    )


class DemandeDePreuvesForm(DelaiForm):
    """Quelles preuves demander à l'entreprise, et jusqu'à quand."""

    sortes = forms.MultipleChoiceField(
        label="Quelles preuves ?",
        choices=Preuve.Sorte.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une preuve."},
    )
    field_order = ("sortes", "jour_avant", "heure_avant")


class PreuveForm(forms.Form):
    """Une preuve à garder : un fichier d'ici, ou une pièce que l'entreprise a envoyée."""

    sorte = forms.ChoiceField(label="Quelle preuve ?", choices=Preuve.Sorte.choices)
    datee_du = JourField(label="Datée du")
    valable_jusqu_au = JourField(label="Valable jusqu'au", required=False)
    recue = forms.ChoiceField(label="Reçue par la messagerie", required=False)
    piece_1 = PieceField(1)

    def __init__(
        self, *arguments: Any, envoyees: Sequence[PieceJointe], droit: Droit, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        age = droit.valeur_connue(Sorte.VIGILANCE.fiche.age)
        self.fields[
            "valable_jusqu_au"
        ].help_text = f"Vide pour une attestation sociale : {en_clair(age.valeur, age.unite)}."
        self.envoyees = {piece.reference: piece for piece in envoyees}
        self.fields["recue"].choices = [  # type: ignore[attr-defined]
            ("", "Aucune : je joins le fichier"),
            *((reference, piece.nom) for reference, piece in self.envoyees.items()),
        ]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        jointe, recue = donnees.get("piece_1"), donnees.get("recue")
        if bool(jointe) == bool(recue):
            self.add_error(
                "recue", "Choisissez une pièce reçue, ou joignez un fichier : l'un des deux."
            )
        return donnees

    def saisie(self) -> SaisieDePreuve:
        donnees = self.cleaned_data
        jointe = donnees.get("piece_1")
        return SaisieDePreuve(
            sorte=donnees["sorte"],
            datee_du=donnees["datee_du"],
            valable_jusqu_au=donnees["valable_jusqu_au"],
            fichier=Fichier(jointe.name, jointe) if jointe else None,
            piece_jointe=self.envoyees.get(donnees["recue"]),
        )
