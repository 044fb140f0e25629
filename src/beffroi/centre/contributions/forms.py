"""Les formulaires du tarif, du compte et de l'appel : la forme ici, les règles ailleurs."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from beffroi.centre.contributions.models import Avoir, Contestation, EcartDeCompte
from beffroi.centre.contributions.rules.exceptions import SIGNES_AU_PLUS, Choix
from beffroi.centre.contributions.services.avoirs import Rendu
from beffroi.centre.contributions.services.comptes import Reponse
from beffroi.centre.contributions.services.tarif import Deliberation
from beffroi.centre.tarif.rules import reception
from beffroi.centre.tarif.rules.grille import Tarif, TrancheTarifaire, tarif_de_l_annexe
from beffroi.centre.tarif.rules.parametres import QUESTIONS
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.nombres import EnChiffresField, SommeField
from beffroi.socle.guichet.champs.textes import TexteField

TRANCHES_POSSIBLES = 8
OCTETS_D_UNE_LISTE = 1_000_000
VOLUME_MAXIMAL = 999_999
LIGNES_D_UN_COUP = 200
ANNEES = (2020, 2100)
UN_ENTIER = {
    "invalid": "Écrivez un nombre entier, en chiffres.",
    "min_value": "Ce nombre ne descend pas sous zéro.",
}


class GrilleForm(forms.Form):
    """Une grille entière.

    Une rangée vide ne compte pas ; sans fin, une tranche n'a pas de borne haute.
    """

    conditions = {"de": "si cette tranche sert", "jusqu_a": "sauf à la dernière tranche"}

    deliberation = forms.CharField(
        label="Numéro de la délibération",
        max_length=60,
        error_messages={"required": "Donnez son numéro."},
    )
    deliberee_le = JourField(label="Date de la délibération")
    annee = EnChiffresField(
        label="Première année d'application",
        help_text="La grille vaut au 1er janvier de cette année.",
        min_value=ANNEES[0],
        max_value=ANNEES[1],
        error_messages={
            "required": "Donnez l'année.",
            "invalid": "Écrivez une année, par exemple 2027.",
        },
    )
    seuil = EnChiffresField(
        label="Agents qui séparent les deux catégories",
        min_value=1,
        max_value=VOLUME_MAXIMAL,
        error_messages={"required": "Donnez ce nombre.", **UN_ENTIER},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for rang in range(1, TRANCHES_POSSIBLES + 1):
            borne: dict[str, Any] = {
                "required": False,
                "min_value": 0,
                "max_value": VOLUME_MAXIMAL,
                "error_messages": UN_ENTIER,
            }
            self.fields[f"de_{rang}"] = EnChiffresField(label="De", **borne)
            self.fields[f"jusqu_a_{rang}"] = EnChiffresField(label="À, compris", **borne)
            self.fields[f"au_dela_{rang}"] = SommeField(
                label="Plus d'agents que le seuil", required=False
            )
            self.fields[f"en_deca_{rang}"] = SommeField(label="Autant ou moins", required=False)

    def generaux(self) -> list[BoundField]:
        return [self[nom] for nom in ("deliberation", "deliberee_le", "annee", "seuil")]

    def rangees(self) -> Iterator[tuple[int, list[BoundField]]]:
        for rang in range(1, TRANCHES_POSSIBLES + 1):
            yield rang, [self[f"{nom}_{rang}"] for nom in ("de", "jusqu_a", "au_dela", "en_deca")]

    def clean(self) -> dict[str, Any]:
        for rang in range(1, TRANCHES_POSSIBLES + 1):
            if (
                self._est_remplie(rang)
                and self.cleaned_data.get(f"de_{rang}") is None
                and f"de_{rang}" not in self.errors
            ):
                self.add_error(f"de_{rang}", "Dites où commence cette tranche.")
        return self.cleaned_data

    def _est_remplie(self, rang: int) -> bool:
        noms = (f"de_{rang}", f"jusqu_a_{rang}", f"au_dela_{rang}", f"en_deca_{rang}")
        return any(self.cleaned_data.get(nom) is not None for nom in noms)

    def tarif(self) -> Tarif:
        remplies = [rang for rang in range(1, TRANCHES_POSSIBLES + 1) if self._est_remplie(rang)]
        return Tarif(
            au_dela=self._tranches(remplies, "au_dela"),
            jusqu_au_seuil=self._tranches(remplies, "en_deca"),
            seuil=self.cleaned_data["seuil"],
        )

    def _tranches(self, rangs: list[int], categorie: str) -> tuple[TrancheTarifaire, ...]:
        dit = self.cleaned_data
        return tuple(
            TrancheTarifaire(
                numero,
                dit[f"de_{rang}"],
                dit[f"jusqu_a_{rang}"],
                dit[f"{categorie}_{rang}"] or Decimal(0),
            )
            for numero, rang in enumerate(rangs, 1)
        )

    def acte(self) -> Deliberation:
        return Deliberation(self.cleaned_data["deliberation"], self.cleaned_data["deliberee_le"])

    def effet(self) -> date:
        return date(self.cleaned_data["annee"], 1, 1)


def grille_proposee(annee: int, tarif: Tarif | None = None) -> dict[str, Any]:
    """Ce que le formulaire montre d'abord : la grille en cours, ou celle de l'annexe 1."""
    tarif = tarif or tarif_de_l_annexe()
    initial: dict[str, Any] = {"annee": annee, "seuil": tarif.seuil}
    for rang, (payante, autre) in enumerate(
        zip(tarif.au_dela, tarif.jusqu_au_seuil, strict=False), 1
    ):
        initial |= {
            f"de_{rang}": payante.de,
            f"jusqu_a_{rang}": payante.jusqu_a,
            f"au_dela_{rang}": payante.montant,
            f"en_deca_{rang}": autre.montant,
        }
    return initial


class ChoixForm(forms.Form):
    """Une réponse, son premier jour, la délibération qui la fonde."""

    valeur = forms.ChoiceField(
        label="Réponse",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    effet = JourField(
        label="À partir du",
        help_text="Un appel suit les réponses qui valent au 1er janvier de son année.",
    )
    deliberation = forms.CharField(
        label="Délibération qui la fonde",
        max_length=120,
        error_messages={"required": "Nommez la délibération."},
    )

    def __init__(self, *args: Any, cle: str, **options: Any) -> None:
        super().__init__(*args, **options)
        question = QUESTIONS[cle]
        if question.jusqu_a is not None:
            self.fields["valeur"] = EnChiffresField(
                label="Réponse, en habitants",
                help_text=f"0 : personne n'est présumé. {question.jusqu_a} au plus.",
                min_value=0,
                max_value=question.jusqu_a,
                error_messages={
                    "required": "Écrivez un nombre d'habitants, ou 0.",
                    "max_value": question.trop,
                    **UN_ENTIER,
                },
            )
            self.order_fields(["valeur", "effet", "deliberation"])
            return
        champ: Any = self.fields["valeur"]
        champ.choices = list(question.reponses.items())

    def clean_valeur(self) -> str:
        return str(self.cleaned_data["valeur"])


class OuvrirForm(forms.Form):
    annee = EnChiffresField(
        label="Année de l'appel",
        min_value=ANNEES[0],
        max_value=ANNEES[1],
        error_messages={
            "required": "Donnez l'année.",
            "invalid": "Écrivez une année, par exemple 2027.",
        },
    )


def _motif(label: str) -> TexteField:
    return TexteField(
        label=label,
        max_length=SIGNES_AU_PLUS,
        help_text="Une phrase entière, obligatoire : le comptable la lira.",
        error_messages={"required": "Écrivez pourquoi : une phrase entière."},
    )


class DecisionForm(forms.Form):
    """Ce qu'on décide d'une seule exception, et pourquoi."""

    decision = forms.ChoiceField(label="Décision")
    motif = _motif("Motif")

    def __init__(self, *args: Any, choix: Iterable[Choix], **options: Any) -> None:
        super().__init__(*args, **options)
        champ: Any = self.fields["decision"]
        champ.choices = [(un.valeur, un.libelle) for un in choix]


class DecisionsForm(forms.Form):
    """Plusieurs exceptions, décidées ensemble : celles qu'on a cochées, avec un seul motif."""

    motif = _motif("Motif pour les lignes cochées")

    def cochees(self, toutes: Iterable[str] = ()) -> dict[str, str]:
        """La décision de chaque ligne cochée, ou de chaque ligne de la page."""
        envoye: Any = self.data or {}
        if not envoye:
            return {}
        cochees = [nom.removeprefix("x-") for nom in envoye if nom.startswith("x-")]
        references = list(toutes) if envoye.get("toutes") else cochees
        return {une: envoye.get(f"decision-{une}", "") for une in references[:LIGNES_D_UN_COUP]}


class RenvoiForm(forms.Form):
    motif = TexteField(
        label="Pourquoi", max_length=500, error_messages={"required": "Dites pourquoi."}
    )


class AvoirForm(forms.Form):
    motif = forms.ChoiceField(
        label="Pour quelle raison ?",
        choices=[
            choix for choix in Avoir.Motif.choices if choix[0] not in {"depart", "contestation"}
        ],
    )
    montant = SommeField(label="Montant rendu, en euros", min_value=Decimal("0.01"))
    explication = TexteField(
        label="Ce que l'adhérent en lira",
        max_length=500,
        error_messages={"required": "Expliquez cet avoir."},
    )

    def rendu(self) -> Rendu:
        return Rendu(
            self.cleaned_data["motif"],
            self.cleaned_data["montant"],
            self.cleaned_data["explication"],
        )


class DepartForm(forms.Form):
    """Rien à écrire : la convention dit son dernier jour, et si elle finit pour impayé."""


class ReceptionForm(forms.Form):
    le = JourField(
        label="Reçu le",
        help_text="Le jour écrit sur la preuve : accusé de réception, ou de lecture.",
    )


class ReceptionsForm(forms.Form):
    """Une liste collée, ou un fichier CSV : une ligne par appel, son numéro puis sa date."""

    conditions = {"liste": "ou un fichier", "fichier": "ou la liste"}

    liste = TexteField(
        label="Numéro d'appel et date, une ligne par appel",
        lignes=8,
        required=False,
        max_length=200_000,
        help_text="Par exemple : C-2027-0031;12/02/2027",
    )
    fichier = forms.FileField(label="Ou un fichier CSV de ces deux colonnes", required=False)

    def clean(self) -> dict[str, Any]:
        dit: dict[str, Any] = super().clean() or self.cleaned_data
        texte, fichier = dit.get("liste", ""), dit.get("fichier")
        if fichier:
            texte = _texte_du_fichier(fichier.read(OCTETS_D_UNE_LISTE + 1))
        self.lues = list(reception.lire(texte))
        if not self.lues and not self.errors:
            self.add_error("liste", "Collez au moins une ligne, ou choisissez un fichier.")
        if len(self.lues) > reception.LIGNES_AU_PLUS:
            self.add_error(
                "liste", f"La limite est de {reception.LIGNES_AU_PLUS} lignes : coupez cette liste."
            )
        return dit

    def dites(self) -> list[reception.Dite]:
        return self.lues


def _texte_du_fichier(octets: bytes) -> str:
    """UTF-8, ou l'encodage qu'un tableur de Windows écrit encore :
    un numéro et une date n'y changent pas.
    """
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


class ContestationForm(forms.Form):
    texte = TexteField(
        label="Ce qui ne va pas dans ce compte",
        lignes=5,
        max_length=4000,
        help_text=(
            "Citez les consultations : leur référence, et pourquoi elles ne devraient pas compter, "
            "ou compter."
        ),
        error_messages={"required": "Dites ce qui ne va pas."},
    )


class ReponseForm(forms.Form):
    issue = forms.ChoiceField(
        label="La contestation est", choices=Contestation.Issue.choices, widget=forms.RadioSelect
    )
    texte = TexteField(
        label="Réponse motivée",
        lignes=5,
        max_length=4000,
        error_messages={"required": "Motivez la réponse."},
    )
    rendu = SommeField(
        label="Montant rendu par un avoir, en euros",
        required=False,
        help_text=(
            "Vide ou zéro : rien n'est rendu. Avant l'émission, la ligne se relit, sans avoir."
        ),
    )

    def reponse(self) -> Reponse:
        dit = self.cleaned_data
        return Reponse(dit["issue"], dit["texte"], dit["rendu"] or Decimal(0))


class EcartForm(forms.Form):
    """Une consultation à écarter, ou qui en relance une autre."""

    conditions = {"relancee": "pour une relance"}

    consultation = forms.CharField(
        label="Référence de la consultation",
        max_length=16,
        error_messages={"required": "Donnez sa référence."},
    )
    motif = forms.ChoiceField(
        label="Raison", choices=EcartDeCompte.Motif.choices, widget=forms.RadioSelect
    )
    relancee = forms.CharField(
        label="Référence de la consultation relancée",
        max_length=16,
        required=False,
        help_text="Pour une relance.",
    )
    explication = TexteField(
        label="Ce que l'adhérent en lira",
        max_length=500,
        error_messages={"required": "Expliquez cet écart."},
    )
