"""Les formulaires de la publicité : la forme ici, le droit dans les règles."""

from collections.abc import Container, Mapping
from typing import Any

from django import forms

from beffroi.publicite.avis.models import Avis, CoordonneesDAvis, Parution
from beffroi.publicite.avis.supports import NOMMES, Publicite, deja_choisis, voies_possibles
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from formats.nomenclatures import nuts

COURRIEL_DE_LA_COMMANDE_PUBLIQUE = (
    "Celle de la commande publique, la même dans vos règlements. "
    "L'administrateur de votre organisme la change."
)
ADRESSE_EN_EXEMPLE = "Saisissez une adresse, par exemple marches@commune.fr."
OCTETS_D_UNE_PREUVE = 20_000_000
_DEPARTEMENTS = [("", "Choisissez"), *nuts.par_region()]


def _code_postal(etiquette: str, *, aide: str = "") -> forms.RegexField:
    return forms.RegexField(
        r"^[0-9]{5}$",
        label=etiquette,
        required=False,
        help_text=f"Cinq chiffres. {aide}".rstrip(),
        error_messages={"invalid": "Un code postal a cinq chiffres."},
    )


def _departement(etiquette: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=etiquette, choices=_DEPARTEMENTS, required=False)


class CoordonneesForm(forms.Form):
    """Ce que tout avis répète ; rien n'est obligatoire ici, l'avis dira ce qui lui manque."""

    adresse = forms.CharField(label="Adresse", max_length=200, required=False)
    code_postal = _code_postal("Code postal")
    ville = forms.CharField(label="Ville", max_length=100, required=False)
    code_nuts = _departement("Département")
    courriel = forms.EmailField(
        label="Adresse électronique du service",
        required=False,
        error_messages={"invalid": ADRESSE_EN_EXEMPLE},
        help_text="Elle sera publique. Préférez celle du service à celle d'une personne.",
    )
    telephone = forms.CharField(label="Téléphone", max_length=30, required=False)
    tribunal = forms.CharField(
        label="Nom du tribunal",
        max_length=120,
        required=False,
        help_text="D'office : le tribunal administratif de votre département.",
    )
    tribunal_siret = forms.RegexField(
        r"^[0-9]{14}$",
        label="SIRET du tribunal",
        required=False,
        help_text="L'avis européen l'exige, et nos tables ne "
        "l'ont pas. Cherchez le nom du tribunal sur "
        "annuaire-entreprises.data.gouv.fr : quatorze chiffres.",
        error_messages={"invalid": "Un SIRET a quatorze chiffres, sans espace."},
    )
    tribunal_code_postal = _code_postal(
        "Code postal du tribunal",
        aide=(
            "L'avis européen l'exige, et nos tables ne l'ont pas. "
            "Il est dans l'adresse du tribunal, sur son site."
        ),
    )
    tribunal_ville = forms.CharField(label="Ville du tribunal", max_length=100, required=False)
    tribunal_code_nuts = _departement("Département du tribunal")
    tribunal_courriel = forms.EmailField(
        label="Adresse électronique du tribunal",
        required=False,
        error_messages={"invalid": ADRESSE_EN_EXEMPLE},
    )
    tribunal_telephone = forms.CharField(
        label="Téléphone du tribunal", max_length=30, required=False
    )

    def __init__(
        self, saisie: Any, *, actuelles: CoordonneesDAvis, deduites: Mapping[str, str]
    ) -> None:
        dites = {nom: getattr(actuelles, nom) or deduites.get(nom, "") for nom in self.base_fields}
        du_reglement = deduites.get("courriel", "")
        super().__init__(saisie, initial={**dites, "courriel": du_reglement or dites["courriel"]})
        self.deduites = deduites
        if du_reglement:  # dit une fois, pour les règlements et les avis
            self.fields["courriel"].disabled = True
            self.fields["courriel"].help_text = COURRIEL_DE_LA_COMMANDE_PUBLIQUE

    def champs(self) -> dict[str, str]:
        """Ce que la personne dit de plus.

        Ce qui se déduit n'est pas recopié : il suivra sa source si elle change.
        """
        return {
            nom: "" if dit == self.deduites.get(nom) else dit
            for nom, dit in self.cleaned_data.items()
        }


class SupportForm(forms.Form):
    """Un support de plus pour cet avis."""

    support = forms.ChoiceField(label="Où l'avis paraîtra-t-il ?", widget=forms.RadioSelect)
    nom_du_support = forms.CharField(
        label="Nom du journal",
        max_length=120,
        required=False,
        help_text="Pour un journal d'annonces ou la presse.",
    )
    voie = forms.ChoiceField(label="Qui l'envoie ?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, publicite: Publicite, avis: Avis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possibles, repris = publicite.pour(avis), deja_choisis(avis)
        self.fields["support"] = forms.ChoiceField(
            label="Où l'avis paraîtra-t-il ?",
            widget=forms.RadioSelect,
            choices=[(s.value, f"{s.label}{_precision(s, publicite, repris)}") for s in possibles],
            initial=possibles[0].value if possibles else None,
            error_messages={"required": "Choisissez un support."},
        )
        voies = voies_possibles()
        self.fields["voie"] = forms.ChoiceField(
            label="Qui l'envoie ?", widget=forms.RadioSelect, choices=voies, initial=voies[0][0]
        )
        self.fields["nom_du_support"].initial = next((nom for nom in repris.values() if nom), "")
        if not any(support in NOMMES for support in possibles):
            del self.fields["nom_du_support"]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        nomme = donnees.get("support") in {support.value for support in NOMMES}
        if nomme and not donnees.get("nom_du_support", "").strip():
            self.add_error("nom_du_support", "Dites quel journal, par exemple « La Voix du Nord ».")
        if not nomme:
            donnees["nom_du_support"] = ""
        return donnees


def _precision(
    support: Parution.Support, publicite: Publicite, repris: Container[Parution.Support]
) -> str:
    if support in repris:
        return " (l'avis à changer y est)"
    return " (exigé)" if support in publicite.dus else ""


class _DateeForm(forms.Form):
    """Un fait, et son instant à Paris."""

    jour_fait = JourField(label="Jour")
    heure_fait = HeureField(label="Heure, à Paris")

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_fait" in donnees and "heure_fait" in donnees:
            donnees["fait_le"] = instant(self, "fait")
        return donnees


class PreuveForm(_DateeForm):
    """L'envoi fait à la main, et la pièce qui en prouve la date (CCP, art. R. 2131-19)."""

    preuve = forms.FileField(
        label="Preuve de l'envoi",
        max_length=255,
        help_text="L'accusé de réception, le courriel ou la capture du portail. 20 Mo au plus.",
        error_messages={
            "required": "Joignez la pièce qui prouve la date de l'envoi.",
            "empty": "Ce fichier est vide. Choisissez l'accusé de réception ou le courriel.",
        },
    )

    def clean_preuve(self) -> Any:
        fichier = self.cleaned_data["preuve"]
        if fichier.size > OCTETS_D_UNE_PREUVE:
            raise forms.ValidationError(
                "Cette pièce dépasse 20 Mo. Joignez l'accusé seul, sans l'avis."
            )
        return fichier


class ReceptionForm(_DateeForm):
    """Le support dit qu'il a reçu l'avis."""

    numero = forms.CharField(
        label="Numéro donné par le support",
        max_length=80,
        error_messages={"required": "Recopiez ce numéro."},
    )


class ParutionForm(_DateeForm):
    """L'avis est paru."""

    numero = forms.CharField(label="Numéro de l'annonce", max_length=80, required=False)
    adresse = forms.URLField(
        label="Adresse de l'avis paru",
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text="L'adresse entière, qui commence par https://.",
        error_messages={"invalid": "Écrivez une adresse entière, qui commence par https://."},
    )


class RefusForm(forms.Form):
    """Le support refuse l'avis."""

    motif = forms.CharField(
        label="Motif du refus",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Recopiez le motif : il dit quoi corriger."},
    )
