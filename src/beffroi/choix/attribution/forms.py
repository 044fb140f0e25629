"""Choisir, renoncer, relire, répondre : la forme seulement ; la loi est dans les règles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from beffroi.choix.attribution.models import Attribution, Lettre, SuiteDonnee
from beffroi.choix.attribution.queries.classement import Place
from beffroi.choix.attribution.rules.decisions import CAUSES, RENONCIATIONS, Cause
from beffroi.choix.attribution.services import (
    FaitsDUneSuite,
    ProjetDAttribution,
    ProjetDeRenonciation,
    Relecture,
    Remplacement,
)
from beffroi.choix.attribution.soumissionnaires import Soumissionnaire
from beffroi.choix.echanges.rules import SIGNES_PAR_TEXTE
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.champs.nombres import MontantField

SIGNES = 5000


def texte_long(label: str, *, aide: str = "", requis: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(requis),
        max_length=SIGNES,
        help_text=aide,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": requis},
    )


class DecisionForm(forms.Form):
    """Ce que toute décision porte :
    celle que la personne avait sous les yeux, et pourquoi elle en change.
    """

    vue = forms.CharField(required=False, widget=forms.HiddenInput)
    cause = forms.ChoiceField(
        label="Pourquoi changer de décision ?", required=False, widget=forms.RadioSelect
    )
    motif_du_remplacement = texte_long(
        "Expliquez ce changement", aide="La décision d'avant reste lisible à côté.", rows=3
    )

    causes: tuple[Cause, ...] = (Cause.CORRECTION, Cause.DEFAILLANCE, Cause.EMPECHEMENT)

    def __init__(self, *args: Any, actuelle: Attribution | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actuelle = actuelle
        self.initial.setdefault("vue", actuelle.reference if actuelle else "")
        if actuelle is None:
            del self.fields["cause"], self.fields["motif_du_remplacement"]
            return
        champ = self.fields["cause"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [(cause.value, _cause(cause)) for cause in self.causes]

    def remplacement(self) -> Remplacement:
        donnees = self.cleaned_data
        return Remplacement(
            donnees["vue"], donnees.get("cause", ""), donnees.get("motif_du_remplacement", "")
        )


def _cause(cause: Cause) -> str:
    texte, article = CAUSES[cause]
    return f"{texte} ({article})" if article else texte


class AttribuerForm(DecisionForm):
    """L'offre choisie, son montant, pourquoi elle, et ce qu'elle a de mieux."""

    offre = forms.ChoiceField(
        label="Quelle offre retenez-vous ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une offre."},
    )
    variante = forms.IntegerField(
        label="Numéro de la variante",
        min_value=0,
        max_value=99,
        required=False,
        help_text="Vide pour l'offre de base.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    montant = MontantField(
        label="Montant hors taxes, en euros",
        error_messages={"required": "Écrivez le montant de l'offre."},
    )
    motif = texte_long(
        "Pourquoi cette offre ?",
        aide="Les entreprises non retenues le liront : ne dites rien d'un secret de l'offre.",
        requis="Dites pourquoi cette offre est retenue.",
    )
    avantages = texte_long(
        "Ses caractéristiques et ses avantages",
        aide="Ce qu'elle a de mieux que les autres, critère par critère.",
    )
    motif_de_l_ecart = texte_long("Si ce n'est pas l'offre la mieux classée, pourquoi ?", rows=3)
    field_order = (
        "vue",
        "offre",
        "variante",
        "montant",
        "motif",
        "avantages",
        "motif_de_l_ecart",
        "cause",
        "motif_du_remplacement",
    )

    def __init__(
        self, *args: Any, offres: Sequence[Soumissionnaire], places: Sequence[Place], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offres = {soumissionnaire.pli.reference: soumissionnaire for soumissionnaire in offres}
        self.places = {
            place.pli.reference: place for place in reversed(places) if not place.variante
        }
        choix = [(reference, self._dite(reference, s)) for reference, s in self.offres.items()]
        self.fields["offre"].choices = choix  # type: ignore[attr-defined]
        premiere = next((p for p in places if p.rang == 1 and p.pli.reference in self.offres), None)
        if premiere and self.actuelle is None:
            self.initial.update(
                offre=premiere.pli.reference,
                montant=premiere.montant,
                variante=premiere.variante or None,
            )
        if not places:
            del self.fields["motif_de_l_ecart"]

    def _dite(self, reference: str, soumissionnaire: Soumissionnaire) -> str:
        place = self.places.get(reference)
        rang = f", {place_dite(place)}" if place else ""
        return f"{soumissionnaire.nom}, récépissé {reference}{rang}"

    def projet(self) -> ProjetDAttribution:
        donnees = self.cleaned_data
        return ProjetDAttribution(
            pli=self.offres[donnees["offre"]].pli,
            montant=donnees["montant"],
            motif=donnees["motif"],
            avantages=donnees["avantages"],
            variante=donnees["variante"] or 0,
            motif_de_l_ecart=donnees.get("motif_de_l_ecart", ""),
        )


def place_dite(place: Place) -> str:
    if place.rang is None:
        return f"éliminée : {place.elimination}"
    exaequo = " ex æquo" if place.ex_aequo else ""
    return f"classée {'première' if place.rang == 1 else f'{place.rang}e'}{exaequo}"


class RenoncerForm(DecisionForm):
    """Personne n'est retenu : sur quel fondement, et pourquoi."""

    fondement = forms.ChoiceField(
        label="Qu'est-ce qui fonde votre décision ?",
        choices=[(cle.value, renonciation.libelle) for cle, renonciation in RENONCIATIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui fonde votre décision."},
    )
    motif = texte_long(
        "Pourquoi ?",
        aide="Les entreprises qui ont participé le liront.",
        requis="Dites pourquoi : les entreprises qui ont participé le liront.",
    )
    causes = (Cause.RENONCIATION, Cause.CORRECTION)
    field_order = ("vue", "fondement", "motif", "cause", "motif_du_remplacement")

    def projet(self) -> ProjetDeRenonciation:
        return ProjetDeRenonciation(self.cleaned_data["fondement"], self.cleaned_data["motif"])


class RenvoiForm(forms.Form):
    motif = texte_long(
        "Pourquoi la rendre ?",
        requis="Dites pourquoi : la personne qui l'a proposée le lira.",
        rows=3,
    )


class FaitsForm(forms.Form):
    """Lot par lot, la place, la note et le motif d'une offre non retenue."""

    def __init__(self, *args: Any, suites: Sequence[SuiteDonnee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suites = [suite for suite in suites if suite.issue == SuiteDonnee.Issue.REJETEE]
        for suite in self.suites:
            du_lot = f", lot {suite.attribution.lot}" if suite.attribution.lot else ""
            self.fields[f"rang-{suite.pk}"] = forms.IntegerField(
                label=f"Sa place au classement{du_lot}",
                min_value=1,
                max_value=999,
                required=False,
                initial=suite.rang,
            )
            self.fields[f"note-{suite.pk}"] = forms.DecimalField(
                label=f"Sa note{du_lot}",
                min_value=0,
                max_digits=7,
                decimal_places=3,
                required=False,
                initial=suite.note,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
            self.fields[f"elimination-{suite.pk}"] = forms.CharField(
                label=f"Si elle est éliminée sans être classée, comment ?{du_lot}",
                required=False,
                max_length=200,
                initial=suite.elimination,
                help_text="Par exemple : offre irrégulière.",
            )
            champ = texte_long(
                f"Pourquoi n'est-elle pas retenue ?{du_lot}",
                requis="Dites pourquoi : elle le lira.",
                rows=4,
            )
            champ.initial = suite.motif
            self.fields[f"motif-{suite.pk}"] = champ

    def faits(self) -> dict[int, FaitsDUneSuite]:
        donnees = self.cleaned_data
        return {
            suite.pk: FaitsDUneSuite(
                rang=donnees[f"rang-{suite.pk}"],
                note=donnees[f"note-{suite.pk}"],
                motif=donnees[f"motif-{suite.pk}"],
                elimination=donnees[f"elimination-{suite.pk}"],
            )
            for suite in self.suites
        }


class LettreForm(forms.Form):
    """Le texte relu, et par où la lettre part."""

    texte = forms.CharField(
        label="Texte de la lettre",
        max_length=SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=(
            "Ce qui est entre crochets se remplit à l'envoi, "
            "ou quand vous dites le jour où elle part autrement."
        ),
        error_messages={"required": "Écrivez la lettre."},
    )
    voie = forms.ChoiceField(
        label="Par où part-elle ?", choices=Lettre.Voie.choices, widget=forms.RadioSelect
    )
    postee_le = JourField(
        label="Si elle part autrement, quel jour ?",
        required=False,
        help_text=(
            "Dites-le le jour même : la lettre porte alors le premier jour de signature. "
            "Imprimez-la et remettez-la."
        ),
    )
    preuve_de_l_envoi = forms.CharField(
        label="Numéro de recommandé, ou reçu", max_length=200, required=False
    )

    def relecture(self) -> Relecture:
        return Relecture(
            **{
                nom: self.cleaned_data[nom]
                for nom in ("texte", "voie", "postee_le", "preuve_de_l_envoi")
            }
        )


class DemanderForm(forms.Form):
    texte = texte_long("Que demandez-vous ?", requis="Écrivez ce que vous demandez.")


class NoterForm(forms.Form):
    """Une demande reçue autrement : de qui, quand, et ce qu'elle dit."""

    lettre = forms.ChoiceField(label="De quelle entreprise ?")
    jour_recue = JourField(label="Reçue le")
    heure_recue = HeureField(label="à, heure de Paris")
    texte = texte_long("Ce qu'elle demande", requis="Écrivez ce qu'elle demande.")

    def __init__(self, *args: Any, lettres: Sequence[Lettre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lettres = {lettre.reference: lettre for lettre in lettres}
        choix = [(reference, lettre.equipe.nom) for reference, lettre in self.lettres.items()]
        self.fields["lettre"].choices = choix  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_recue" in donnees and "heure_recue" in donnees:
            donnees["recue_le"] = instant(self, "recue")
        return donnees

    @property
    def recue_le(self) -> datetime:
        recue: datetime = self.cleaned_data["recue_le"]
        return recue


class RepondreForm(forms.Form):
    texte = texte_long("Votre réponse", requis="Écrivez votre réponse.", rows=8)
