"""Compléter l'avis d'attribution, dire les raisons du rapport, noter son envoi :
la forme ici, le droit dans les règles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from beffroi.contrat.achevement.complements import Tenant, initial, tenants_de
from beffroi.contrat.achevement.models import CommunicationDuRapport
from beffroi.contrat.achevement.queries import LotAcheve
from beffroi.contrat.achevement.redaction import DITS
from beffroi.contrat.achevement.rules.presentation import CONTENU, RAISONS
from beffroi.contrat.achevement.services import Envoi
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.nombres import MontantField
from formats.avis.codes import listes
from formats.nomenclatures import nuts

_DEPARTEMENTS = [("", "Choisissez"), *nuts.par_region()]
SIGNES = 5000
# Ce que l'avis européen ne laisse pas vide ; un avis volontaire s'en passe.
DUS = (
    "activite",
    "recues",
    "recettes_acheteur",
    "recettes_usagers",
    "recettes_calcul",
    "code_postal",
    "ville",
    "nuts",
    "taille",
)
SOUS_TRAITES = ("montant_sous_traite", "part")


@dataclass(frozen=True)
class Groupe:
    """Des champs qui vont ensemble, et ce qu'ils décrivent."""

    titre: str
    explication: str
    champs: list[BoundField]


def _nombre(etiquette: str, *, aide: str = "") -> forms.IntegerField:
    champ = forms.IntegerField(
        label=etiquette, min_value=0, max_value=9999, required=False, help_text=aide
    )
    champ.widget.attrs["inputmode"] = "numeric"
    return champ


class AvisForm(forms.Form):
    """Les lots à annoncer, puis ce que l'avis demande de chacun.

    `vide` : ce qui manque, l'avis le dira avec son remède.
    """

    lots = forms.MultipleChoiceField(
        label="Quels lots cet avis annonce-t-il ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Un lot dont le contrat n'est pas signé s'annoncera plus tard, dans un autre avis."
        ),
    )

    def __init__(
        self,
        saisie: Any,
        *,
        lots: Sequence[LotAcheve],
        reseau: bool,
        europeen: bool,
        deja: dict[str, Any],
    ) -> None:
        proposes = [lot for lot in lots if lot.est_a_annoncer] or list(lots)
        dits = {**initial(lots, deja=deja), "lots": [str(lot.numero) for lot in proposes]}
        super().__init__(saisie, initial=dits)
        self.conditions = dict.fromkeys(SOUS_TRAITES, "si le titulaire sous-traite")
        if europeen:
            self.conditions |= dict.fromkeys(DUS, "obligatoire dans l'avis")
        self.proposes = list(lots)
        champ = self.fields["lots"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(str(lot.numero), lot.ligne.nom) for lot in lots]
        if len(self.proposes) == 1:
            champ.widget = forms.MultipleHiddenInput()
        if reseau and europeen:
            self.fields["activite"] = _activite()
        for lot in self.proposes:
            self.fields |= _champs_du_lot(lot, europeen=europeen)
        self.tenants = tenants_de(
            lot.marche for lot in self.proposes if lot.est_conclu and lot.marche
        )
        for tenant in self.tenants:
            self.fields |= _champs_du_tenant(tenant, europeen=europeen)

    def groupes(self) -> Iterator[Groupe]:
        """Dans l'ordre de l'avis : l'acheteur, chaque lot, puis chaque entreprise retenue."""
        if "activite" in self.fields:
            yield Groupe(
                "L'acheteur",
                "Il achète ici pour son réseau, en entité adjudicatrice.",
                [self["activite"]],
            )
        for lot in self.proposes:
            quoi = (
                "Les offres reçues, et le contrat."
                if lot.est_conclu
                else "Ce lot n'est attribué à personne."
            )
            yield Groupe(
                lot.ligne.nom,
                quoi,
                [self[nom] for nom in self.fields if nom.endswith(f"_{lot.numero}")],
            )
        for tenant in self.tenants:
            champs = [self[nom] for nom in self.fields if nom.endswith(f"_{tenant.cle}")]
            yield Groupe(
                tenant.nom,
                f"SIRET {tenant.siret}. Ce que l'avis publie de l'entreprise retenue.",
                champs,
            )

    def numeros(self) -> list[int]:
        return [int(numero) for numero in self.cleaned_data.get("lots", ())]

    def complements(self) -> dict[str, Any]:
        """Ce qui est dit, sans la liste des lots."""
        donnees = self.cleaned_data if self.is_bound else self.initial
        return {
            nom: valeur
            for nom, valeur in donnees.items()
            if nom != "lots" and valeur not in ("", None)
        }


def _activite() -> forms.ChoiceField:
    choix = [("", "Choisissez"), *listes()["entity-activity"].items()]
    return forms.ChoiceField(label="Activité de réseau", choices=choix, required=False)


def _champs_du_lot(lot: LotAcheve, *, europeen: bool) -> dict[str, forms.Field]:
    champs: dict[str, forms.Field] = {
        "recues": _nombre("Offres reçues", aide="Toutes, rejetées comprises.")
    }
    if europeen:
        champs["pme"] = _nombre(
            "dont de micro, petites ou moyennes entreprises",
            aide=(
                "Compté d'après la taille que chaque entreprise a dite. "
                "Complétez celles qui ne l'ont pas dite."
            ),
        )
        champs["electroniques"] = _nombre("dont reçues par voie électronique")
        champs["eee"] = _nombre(
            "dont d'entreprises d'un autre État de l'Espace économique européen"
        )
        champs["tiers"] = _nombre("dont d'entreprises d'un État tiers")
    if not lot.est_conclu:
        motifs = sorted(
            listes()["non-award-justification"].items(), key=lambda code: code[0] == "other"
        )
        champs["motif"] = forms.ChoiceField(
            label="Pourquoi personne", choices=motifs, required=False
        )
        return _numerotes(champs, str(lot.numero))
    champs["sous_traitance"] = forms.ChoiceField(
        label="Le titulaire prévoit-il de sous-traiter ?",
        choices=[("non", "Non"), ("oui", "Oui")],
        required=False,
        widget=forms.RadioSelect,
    )
    if europeen:
        champs["montant_sous_traite"] = MontantField(
            label="Montant sous-traité, hors taxes", required=False
        )
        champs["part"] = forms.DecimalField(
            label="Part sous-traitée, en pour cent",
            required=False,
            min_value=0,
            max_value=100,
            decimal_places=2,
        )
    if lot.marche and lot.marche.est_une_concession:
        champs |= _champs_des_recettes()
    return _numerotes(champs, str(lot.numero))


def _champs_des_recettes() -> dict[str, forms.Field]:
    return {
        "recettes_acheteur": MontantField(
            label="Recettes venant de l'acheteur, hors taxes", required=False
        ),
        "recettes_usagers": MontantField(
            label="Recettes venant des usagers, hors taxes", required=False
        ),
        "recettes_calcul": forms.CharField(
            label="Comment ces recettes sont calculées",
            max_length=400,
            required=False,
            widget=forms.Textarea({"rows": 2}),
        ),
    }


def _champs_du_tenant(tenant: Tenant, *, europeen: bool) -> dict[str, forms.Field]:
    champs: dict[str, forms.Field] = {
        "code_postal": forms.RegexField(
            r"^[0-9]{5}$",
            label="Code postal",
            required=False,
            help_text="Cinq chiffres.",
            error_messages={"invalid": "Un code postal a cinq chiffres."},
        ),
        "ville": forms.CharField(label="Ville", max_length=100, required=False),
    }
    if europeen:
        champs["nuts"] = forms.ChoiceField(
            label="Département", choices=_DEPARTEMENTS, required=False
        )
        champs["taille"] = forms.ChoiceField(
            label="Taille de l'entreprise",
            choices=[("", "Choisissez"), *listes()["economic-operator-size"].items()],
            required=False,
        )
    return _numerotes(champs, tenant.cle)


def _numerotes(champs: dict[str, forms.Field], cle: str) -> dict[str, forms.Field]:
    return {f"{nom}_{cle}": champ for nom, champ in champs.items()}


def _long(etiquette: str, aide: str) -> forms.CharField:
    return forms.CharField(
        label=etiquette,
        required=False,
        max_length=SIGNES,
        help_text=aide,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RapportForm(forms.Form):
    """Les raisons que la plateforme ne peut pas deviner.

    Rien n'est obligatoire : « Néant » s'écrit à la place du vide.
    """

    conditions = {
        "recours": "pour une procédure négociée, ou sans publicité",
        "allotissement": "si l'achat n'a pas de lots",
        "chiffre_d_affaires": "s'il dépasse le plafond",
        "hors_electronique": "si des offres ont pris une autre voie",
        "etudes": "s'il y en a eu",
        "conflits": "s'il y en a eu",
        "sous_traitance": "si elle est connue",
    }

    recours = _long(
        "Pourquoi cette procédure",
        (
            "Dû pour un achat sans publicité, une procédure avec négociation, "
            f"un dialogue compétitif ({RAISONS}, 1°)."
        ),
    )
    allotissement = _long(
        "Pourquoi pas de lots",
        f"Si le dossier de consultation ne le disait pas déjà ({RAISONS}, 2°).",
    )
    chiffre_d_affaires = _long(
        "Pourquoi ce chiffre d'affaires minimal",
        f"S'il dépasse le plafond et que le dossier ne le disait pas ({RAISONS}, 3°).",
    )
    hors_electronique = _long(
        "Pourquoi un autre moyen que l'électronique", f"Pour remettre les offres ({RAISONS}, 4°)."
    )
    etudes = _long(
        "Mesures prises après des études ou des échanges préalables",
        f"Pour que la concurrence ne soit pas faussée ({RAISONS}, 5°).",
    )
    conflits = _long(
        "Conflits d'intérêts décelés, et mesures prises",
        f"Pré-rempli des évaluateurs retirés ({RAISONS}, 6°).",
    )
    sous_traitance = _long(
        "Part sous-traitée, et noms des sous-traitants", f"Si vous les connaissez ({CONTENU}, 5°)."
    )
    autres = _long("Ce qu'il faut dire de plus", "")

    def dits(self) -> dict[str, str]:
        return {nom: self.cleaned_data.get(nom, "") for nom in DITS}


class CommunicationForm(forms.Form):
    """À qui le rapport est parti, et quand."""

    destinataire = forms.ChoiceField(
        label="À qui ?",
        choices=CommunicationDuRapport.Destinataire.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez à qui le rapport est parti."},
    )
    aupres_de = forms.CharField(
        label="Quelle autorité",
        max_length=200,
        required=False,
        help_text="Pour une autre que le préfet ou la Commission.",
    )
    demandee_le = JourField(label="Demandé le", required=False)
    faite_le = JourField(
        label="Envoyé le", error_messages={"required": "Donnez la date de l'envoi."}
    )

    def envoi(self) -> Envoi:
        donnees = self.cleaned_data
        faite_le: date = donnees["faite_le"]
        return Envoi(
            destinataire=donnees["destinataire"],
            aupres_de=donnees["aupres_de"],
            demandee_le=donnees["demandee_le"],
            faite_le=faite_le,
        )
