"""Les formulaires de l'acheteur :
une fiche à corriger, ce qui s'y ajoute, un fichier à importer, la voie.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from beffroi.contrat.donnees_essentielles import contenu
from beffroi.contrat.donnees_essentielles.contenu import Contrat
from beffroi.contrat.donnees_essentielles.models import Canal
from beffroi.contrat.donnees_essentielles.rules import RETENABLES
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from beffroi.socle.guichet.champs.nombres import SommeField
from formats.decp import (
    Concession,
    DonneesAnnuelles,
    Lieu,
    Marche,
    Modification,
    ModificationConcession,
    Tarif,
    Titulaire,
)
from formats.decp.codes import listes
from formats.decp.lecture import TAILLE_MAXIMALE

SIGNES_D_UNE_RAISON = 500
_CENT = Decimal(100)


def _choix(nom: str) -> list[tuple[str, str]]:
    return [(valeur, valeur) for valeur in listes()[nom]]


def _un(etiquette: str, nom: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=etiquette, choices=_choix(nom))


def _plusieurs(etiquette: str, nom: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=etiquette,
        choices=_choix(nom),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez une ligne au moins."},
    )


class TitulairesField(forms.CharField):
    """Un titulaire par ligne : « SIRET ; nom ; code postal ».

    Le nom et le code postal sont facultatifs.
    """

    def __init__(self) -> None:
        super().__init__(
            label="Titulaires",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Un par ligne : SIRET ; nom ; code postal. Le nom est public.",
        )


class ContratForm(forms.Form):
    """Ce qu'un marché et une concession ont en commun.

    Les défauts de valeur reviennent du format, par leur champ.
    """

    objet = forms.CharField(
        label="Objet", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    duree_mois = forms.IntegerField(
        label="Durée, en mois", min_value=1, help_text="Un mois entamé compte."
    )
    titulaires = TitulairesField()
    considerations_sociales = _plusieurs("Considérations sociales", "consideration_sociale")
    considerations_environnementales = _plusieurs(
        "Considérations environnementales", "consideration_environnementale"
    )

    def __init__(
        self, saisie: Any = None, *, contrat: Contrat, noms: Mapping[str, Mapping[str, str]]
    ) -> None:
        super().__init__(saisie, initial=self.initiales(contrat, noms))
        self.contrat = contrat

    def initiales(self, contrat: Contrat, noms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        communs = {nom: getattr(contrat, nom) for nom in self.base_fields if hasattr(contrat, nom)}
        return {
            **communs,
            "titulaires": "\n".join(_en_ligne(un, noms) for un in contenu.titulaires_de(contrat)),
        }

    def clean_titulaires(self) -> list[list[str]]:
        lignes = [
            [mot.strip() for mot in une.split(";")]
            for une in self.cleaned_data["titulaires"].splitlines()
        ]
        utiles = [ligne for ligne in lignes if ligne[0]]
        if not utiles:
            raise forms.ValidationError("Nommez un titulaire au moins.")
        return utiles

    def noms(self) -> dict[str, dict[str, str]]:
        """Ce que l'on sait de chacun ; le format national n'en dit que le numéro."""
        dits = {
            ligne[0].replace(" ", ""): [*ligne[1:], "", ""]
            for ligne in self.cleaned_data["titulaires"]
        }
        return {
            numero: {"nom": dit[0][:200], "code_postal": dit[1][:20]}
            for numero, dit in dits.items()
        }

    def tenants(self) -> tuple[Titulaire, ...]:
        """Un numéro déjà connu garde sa nomenclature ; un nouveau est un SIRET."""
        connus = {un.id: un for un in contenu.titulaires_de(self.contrat)}
        return tuple(connus.get(numero, Titulaire(id=numero)) for numero in self.noms())

    def corrige(self) -> Contrat:
        raise NotImplementedError


class MarcheForm(ContratForm):
    """Un marché, champ par champ, dans les mots du format national."""

    conditions = {
        "id_accord_cadre": "pour un marché subséquent",
        "taux_avance": "si une avance est accordée",
    }

    nature = _un("Nature", "nature")
    code_cpv = forms.CharField(
        label="Code CPV", max_length=10, help_text="Huit chiffres, par exemple 45214210."
    )
    procedure = _un("Procédure", "procedure")
    techniques = _plusieurs("Techniques d'achat", "technique")
    modalites_execution = _plusieurs("Modalités d'exécution", "modalite_execution")
    id_accord_cadre = forms.CharField(
        label="Numéro de l'accord-cadre", max_length=16, required=False
    )
    lieu_type = _un("Lieu d'exécution : quel code ?", "type_code")
    lieu_code = forms.CharField(label="Ce code", max_length=20)
    date_notification = JourField(label="Notifié le")
    montant = SommeField(
        label="Montant hors taxes, en euros", help_text="D'un accord-cadre : son maximum."
    )
    forme_prix = _un("Forme du prix", "forme_prix")
    types_prix = _plusieurs("Type de prix", "type_prix")
    ccag = _un("Cahier des clauses générales", "ccag")
    offres_recues = forms.IntegerField(label="Offres reçues", min_value=1)
    type_groupement_operateurs = _un("Groupement", "type_groupement_operateurs")
    attribution_avance = forms.BooleanField(label="Une avance est accordée", required=False)
    taux_avance = forms.DecimalField(
        label="Taux de l'avance, en %", min_value=0, max_value=100, required=False
    )
    sous_traitance_declaree = forms.BooleanField(
        label="De la sous-traitance est déclarée", required=False
    )
    marche_innovant = forms.BooleanField(label="Le marché est innovant", required=False)

    def initiales(self, contrat: Contrat, noms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        assert isinstance(contrat, Marche)
        taux = None if contrat.taux_avance is None else contrat.taux_avance * _CENT
        lieu = {
            "lieu_type": contrat.lieu_execution.type_code,
            "lieu_code": contrat.lieu_execution.code,
        }
        return {**super().initiales(contrat, noms), **lieu, "taux_avance": taux}

    def corrige(self) -> Marche:
        assert isinstance(self.contrat, Marche)
        dits = dict(self.cleaned_data)
        taux, avance = dits.pop("taux_avance"), dits["attribution_avance"]
        lieu = Lieu(code=dits.pop("lieu_code"), type_code=dits.pop("lieu_type"))
        dits["taux_avance"] = taux / _CENT if taux is not None and avance else None
        return replace(
            self.contrat, lieu_execution=lieu, **_en_nuplets({**dits, "titulaires": self.tenants()})
        )


class ConcessionForm(ContratForm):
    """Une concession, champ par champ, dans les mots du format national."""

    considerations_sociales = _plusieurs(
        "Considérations sociales", "consideration_sociale_concession"
    )
    nature = _un("Nature", "nature_concession")
    procedure = _un("Procédure", "procedure_concession")
    date_signature = JourField(label="Signée le")
    date_debut_execution = JourField(label="Exécution à partir du")
    valeur_globale = SommeField(label="Valeur globale hors taxes, en euros")
    montant_subvention_publique = SommeField(label="Subvention publique, en euros")

    def corrige(self) -> Concession:
        assert isinstance(self.contrat, Concession)
        dits = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "titulaires"}
        return replace(self.contrat, **_en_nuplets({**dits, "concessionnaires": self.tenants()}))


def formulaire_de(
    saisie: Any, *, contrat: Contrat, noms: Mapping[str, Mapping[str, str]]
) -> ContratForm:
    sorte = ConcessionForm if isinstance(contrat, Concession) else MarcheForm
    return sorte(saisie, contrat=contrat, noms=noms)


def _en_nuplets(dits: Mapping[str, Any]) -> dict[str, Any]:
    return {
        nom: tuple(valeur) if isinstance(valeur, list) else valeur for nom, valeur in dits.items()
    }


def _en_ligne(titulaire: Titulaire, noms: Mapping[str, Mapping[str, str]]) -> str:
    dit = noms.get(titulaire.id, {})
    return " ; ".join(filter(None, [titulaire.id, dit.get("nom", ""), dit.get("code_postal", "")]))


class RetenuesForm(forms.Form):
    """Par donnée, la raison de ne pas la publier ; vide, elle se publie."""

    def __init__(self, saisie: Any = None, *, actuelles: Mapping[str, str]) -> None:
        super().__init__(saisie, initial=dict(actuelles))
        for champ, nom in RETENABLES.items():
            self.fields[champ] = forms.CharField(
                label=nom, max_length=SIGNES_D_UNE_RAISON, required=False
            )

    def retenues(self) -> dict[str, str]:
        return {champ: raison for champ, raison in self.cleaned_data.items() if raison}


class ModificationForm(forms.Form):
    """Ce qu'une modification change ; ce qui reste vide ne change pas."""

    conditions = {"duree_mois": "si elle change", "montant": "s'il change"}

    notifiee_le = JourField(label="Notifiée, ou signée, le")
    duree_mois = forms.IntegerField(
        label="Nouvelle durée totale, en mois", min_value=1, required=False
    )
    montant = SommeField(label="Nouveau montant total hors taxes, en euros", required=False)

    def clean(self) -> dict[str, Any]:
        dits = super().clean() or {}
        if not self.errors and dits.get("duree_mois") is None and dits.get("montant") is None:
            raise forms.ValidationError("Dites ce qui change : la durée, le montant, ou les deux.")
        return dits

    def modification(self, contrat: Contrat, *, le: date) -> Modification | ModificationConcession:
        numero = max((une.id for une in contrat.modifications), default=0) + 1
        jour, duree, montant = (
            self.cleaned_data[nom] for nom in ("notifiee_le", "duree_mois", "montant")
        )
        if isinstance(contrat, Concession):
            return ModificationConcession(
                id=numero,
                date_signature_modification=jour,
                date_publication_donnees_modification=le,
                duree_mois=duree,
                valeur_globale=montant,
            )
        return Modification(
            id=numero,
            date_notification_modification=jour,
            date_publication_donnees_modification=le,
            duree_mois=duree,
            montant=montant,
        )


class ExecutionForm(forms.Form):
    """L'année d'une concession : ce que le concessionnaire a investi, ce que paient les usagers."""

    depenses = SommeField(label="Investissements de l'année hors taxes, en euros")
    tarifs = forms.CharField(
        label="Principaux tarifs",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un par ligne : intitulé ; prix en euros. Exemple : Nuitée ; 12,50",
    )

    def clean_tarifs(self) -> tuple[Tarif, ...]:
        return tuple(
            _tarif(ligne) for ligne in self.cleaned_data["tarifs"].splitlines() if ligne.strip()
        )

    def annuelles(self, *, le: date) -> DonneesAnnuelles:
        return DonneesAnnuelles(
            date_publication_donnees_execution=le,
            depenses_investissement=self.cleaned_data["depenses"],
            tarifs=self.cleaned_data["tarifs"],
        )


def _tarif(ligne: str) -> Tarif:
    intitule, _, prix = ligne.rpartition(";")
    somme = SommeField().clean(prix) if intitule.strip() else None
    if somme is None:
        raise forms.ValidationError(
            f"« {ligne.strip()[:80]} » : écrivez l'intitulé, un point-virgule, puis le prix."
        )
    return Tarif(intitule_tarif=intitule.strip()[:256], tarif=somme)


class ImportForm(forms.Form):
    fichier = FichierField(
        "Fichier de données essentielles", sortes="JSON ou XML", octets_au_plus=TAILLE_MAXIMALE
    )


class CanalForm(forms.Form):
    """Par où les données arrivent au portail national."""

    canal = forms.ChoiceField(
        label="Par où vos données se publient-elles ?", choices=Canal, widget=forms.RadioSelect
    )
    ailleurs = forms.CharField(
        label="Où le public les lit, si ce n'est pas ici",
        max_length=300,
        required=False,
        help_text="Le nom du site, ou son adresse. Nos pages le diront.",
    )
