"""Les formulaires de l'ouverture : la forme seulement ; la loi est dans les règles."""

from typing import Any

from django import forms

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.rules import Commission
from beffroi.seance.repartage.forms import DemandeEcriteField


class PreparationForm(forms.Form):
    """Qui préside."""

    presidence = forms.ChoiceField(label="Qui préside la séance ?")

    def __init__(self, *arguments: object, consultation: Consultation, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.membres = {
            membre.utilisateur.reference: membre.utilisateur
            for membre in consultation.membres_qui_ouvrent.select_related("utilisateur")
        }
        champ = self.fields["presidence"]
        champ.choices = [(reference, str(personne)) for reference, personne in self.membres.items()]  # type: ignore[attr-defined]


class RecouvrementForm(PreparationForm):
    """Le recours aux gardiens, sur demande écrite."""

    demande = DemandeEcriteField()


class ComplementForm(PreparationForm):
    """Ouvrir une réponse que la première séance n'a pas ouverte."""

    plis = forms.MultipleChoiceField(label="Réponses à ouvrir", widget=forms.CheckboxSelectMultiple)
    justification = forms.CharField(
        label="Pourquoi l'ouvrir ?", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: object, plis: list[Pli], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.plis_fermes = {pli.reference: pli for pli in plis}
        champ = self.fields["plis"]
        champ.choices = [  # type: ignore[attr-defined]
            (reference, f"{pli.equipe.nom}, {reference}")
            for reference, pli in self.plis_fermes.items()
        ]


class InstallationForm(forms.Form):
    """Le lieu, et les autres personnes présentes."""

    lieu = forms.CharField(label="Lieu de la séance", max_length=200)
    presents = forms.CharField(
        label="Autres personnes présentes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une par ligne : nom, qualité. Par exemple : Martine Caron, secrétaire.",
    )

    def autres(self) -> list[tuple[str, str]]:
        lignes = [
            ligne.strip() for ligne in self.cleaned_data["presents"].splitlines() if ligne.strip()
        ]
        return [
            (nom.strip()[:120], qualite.strip()[:120])
            for nom, _, qualite in (ligne.partition(",") for ligne in lignes)
        ]


def personnes(texte: str) -> tuple[str, ...]:
    """Une personne par ligne, sans répétition."""
    return tuple(
        dict.fromkeys(ligne.strip()[:120] for ligne in texte.splitlines() if ligne.strip())
    )


class CommissionForm(forms.Form):
    """Qui ouvre : les services, ou une commission d'appel d'offres."""

    SERVICES, CAO = "services", "cao"
    NOMS = (
        "titulaires_presents",
        "titulaires_absents",
        "suppleants_presents",
        "consultatifs_presents",
    )

    sorte = forms.ChoiceField(
        label="Qui siège ?",
        choices=[
            (SERVICES, "Les services ouvrent, sans commission"),
            (CAO, "La commission d'appel d'offres (CAO)"),
        ],
        widget=forms.RadioSelect,
    )
    titulaires_presents = forms.CharField(
        label="Président et titulaires présents",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une personne par ligne.",
    )
    titulaires_absents = forms.CharField(
        label="Titulaires absents", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    suppleants_presents = forms.CharField(
        label="Suppléants présents",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Un suppléant a voix quand il remplace un titulaire absent.",
    )
    consultatifs_presents = forms.CharField(
        label="Présents avec voix consultative",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    convoquee_le = forms.DateField(
        label="Convoquée le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date, par exemple 12/01/2027."},
    )
    delai_en_jours_francs = forms.IntegerField(
        label="Délai de convocation, en jours francs",
        min_value=0,
        max_value=30,
        initial=5,
        help_text=(
            "Celui de votre règlement intérieur. "
            "Ni le jour de l'envoi ni celui de la séance ne comptent."
        ),
    )
    seconde_convocation = forms.BooleanField(
        label="C'est une seconde convocation : le quorum manquait à la première", required=False
    )

    def clean(self) -> dict[str, object]:
        donnees = super().clean() or {}
        if donnees.get("sorte") == self.CAO and not personnes(
            donnees.get("titulaires_presents", "")
        ):
            self.add_error(
                "titulaires_presents", "Indiquez au moins le président de la commission."
            )
        return donnees

    def commission(self) -> Commission | None:
        donnees = self.cleaned_data
        if donnees["sorte"] == self.SERVICES:
            return None
        return Commission(
            **{nom: personnes(donnees[nom]) for nom in self.NOMS},
            convoquee_le=donnees["convoquee_le"],
            delai_en_jours_francs=donnees["delai_en_jours_francs"],
            seconde_convocation=donnees["seconde_convocation"],
        )

    @classmethod
    def valeurs(cls, commission: Commission | None, *, dite: bool) -> dict[str, object]:
        """Ce qui a déjà été constaté, à reprendre ; rien n'est coché tant que rien n'est dit."""
        if commission is None:
            return {"sorte": cls.SERVICES} if dite else {}
        noms = {nom: "\n".join(getattr(commission, nom)) for nom in cls.NOMS}
        return {"sorte": cls.CAO, **vars(commission), **noms}


class ObservationForm(forms.Form):
    """Une observation sur une enveloppe."""

    texte = forms.CharField(
        label="Observation",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Elle est recopiée telle quelle au procès-verbal.",
    )


class SoumissionnairesForm(forms.Form):
    """Une même entreprise, plusieurs équipes : ce que l'acheteur en dit."""

    UN_SEUL, PLUSIEURS = "un", "plusieurs"

    combien = forms.ChoiceField(
        label="Ces réponses viennent-elles de la même entreprise ?",
        choices=[
            (UN_SEUL, "Oui : seule la dernière réponse reçue s'ouvre, lot par lot"),
            (PLUSIEURS, "Non : chacune s'ouvre"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l'une des deux réponses."},
    )
    motif = forms.CharField(
        label="Vos raisons",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Dites vos raisons."},
        help_text="Elles sont recopiées telles quelles au procès-verbal.",
    )

    def dits(self) -> dict[str, Any]:
        return {
            "un_seul": self.cleaned_data["combien"] == self.UN_SEUL,
            "motif": self.cleaned_data["motif"],
        }


class DecisionForm(forms.Form):
    """La décision sur une réponse hors délai."""

    decision = forms.ChoiceField(
        label="Votre décision",
        choices=[
            (OuverturePli.Decision.ECARTEE, "Laisser cette réponse scellée"),
            (OuverturePli.Decision.ADMISE, "Admettre cette réponse, et l'ouvrir"),
        ],
        widget=forms.RadioSelect,
    )
    motif = forms.CharField(
        label="Vos raisons",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Elles sont recopiées telles quelles au procès-verbal.",
    )
