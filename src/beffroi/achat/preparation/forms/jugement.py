"""Question 4 : comment choisir, et quel égard pour l'environnement et l'emploi ?"""

import re
from decimal import Decimal
from typing import Any

from django import forms

from beffroi.achat.preparation.forms.poids import FormulaireAvecPoids, ecart_des_sous_criteres, lu
from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Jugement, Reponses
from droit.achat import Critere, Durabilite, SousCritere
from droit.en_vigueur import Droit

SORTES = [
    ("prix", "Prix"),
    ("technique", "Qualité technique"),
    ("environnement", "Environnement"),
    ("délai", "Délai"),
    ("social", "Social, insertion"),
    ("coût", "Coût sur toute la vie"),
    ("autre", "Autre"),
]
# Un point de départ, que l'on change :
# le prix compte, la qualité aussi, l'environnement est obligatoire.
USUELS = [
    {"nom": "Prix des prestations", "sorte": "prix", "poids": 50},
    {"nom": "Valeur technique", "sorte": "technique", "poids": 35},
    {"nom": "Performances environnementales", "sorte": "environnement", "poids": 15},
]
CONDITIONS = {
    "travaux": "Le titulaire trie les déchets du chantier et remet les bordereaux de suivi.",
    "fournitures": "Le titulaire reprend les emballages et privilégie des livraisons groupées.",
    "services": "Le titulaire limite ses déplacements et emploie des produits écolabellisés.",
}
NOM_TROP_LONG = "Un nom de critère a 120 signes au plus. Le détail va dans les sous-critères."
_SOUS_CRITERE = re.compile(r"^(?P<nom>.+?)\s*[:=]\s*(?P<poids>\d+(?:[.,]\d+)?)\s*(?:%|points?)?$")


class CritereForm(forms.Form):
    """Un critère, son poids sur cent, et au besoin ses sous-critères."""

    nom = forms.CharField(
        label="Critère",
        max_length=120,
        error_messages={"required": "Nommez ce critère.", "max_length": NOM_TROP_LONG},
    )
    sorte = forms.ChoiceField(label="Il porte sur", choices=SORTES, required=False)
    poids = forms.DecimalField(
        label="Poids, sur 100",
        min_value=Decimal("0.5"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        error_messages={"required": "Donnez un poids sur 100."},
    )
    environnement = forms.BooleanField(label="Il porte aussi sur l'environnement", required=False)
    sous_criteres = forms.CharField(
        label="Sous-critères",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Un par ligne, avec son poids : « Méthode : 20 ». Ensemble, "
            "ils font le poids du critère. Vide : aucun."
        ),
    )

    def has_changed(self) -> bool:
        """Une ligne sans nom ni poids est vide,
        quelle que soit la sorte que la liste affiche d'office.
        """
        return bool({"nom", "poids", "sous_criteres"} & set(self.changed_data))

    def clean_sous_criteres(self) -> tuple[SousCritere, ...]:
        lignes = [
            ligne.strip()
            for ligne in self.cleaned_data["sous_criteres"].splitlines()
            if ligne.strip()
        ]
        fautive = next((ligne for ligne in lignes if not _SOUS_CRITERE.match(ligne)), None)
        if fautive:
            raise forms.ValidationError(
                f"« {fautive} » n'a pas de poids. Écrivez par exemple « Méthode : 20 »."
            )
        return _sous_criteres_de("\n".join(lignes))

    @property
    def avertissement(self) -> str:
        """Des sous-critères qui ne font pas le poids de leur critère ;
        vide quand la ligne est vide, fautive ou juste.
        """
        if self.is_bound:
            dites = self.cleaned_data if self.has_changed() and self.is_valid() else {}
            poids, sous = dites.get("poids"), dites.get("sous_criteres", ())
        else:
            poids, sous = (
                lu(self.initial.get("poids")),
                _sous_criteres_de(self.initial.get("sous_criteres") or ""),
            )
        return ecart_des_sous_criteres(poids, [critere.poids for critere in sous])


def _sous_criteres_de(texte: str) -> tuple[SousCritere, ...]:
    """Les lignes qui se lisent ; les autres se disent à l'envoi."""
    lues = filter(None, (_SOUS_CRITERE.match(ligne.strip()) for ligne in texte.splitlines()))
    return tuple(
        SousCritere(nom=lue["nom"], poids=Decimal(lue["poids"].replace(",", "."))) for lue in lues
    )


class JugementForm(FormulaireAvecPoids):
    """Les critères, et les conditions d'exécution que la loi demande (CCP,
    art. R. 2152-7, L. 2112-2, L. 2112-2-1).
    """

    ligne = CritereForm
    lignes_vides = 1
    lignes_au_plus = 20
    condition_environnementale = forms.CharField(
        label="Que demandez-vous pour l'environnement pendant l'exécution ?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoire depuis le 21 août 2026. Nous proposons une phrase : adaptez-la.",
    )
    condition_sociale = forms.CharField(
        label="Que demandez-vous pour l'emploi ou l'insertion ?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoire au-dessus des seuils européens, sauf exception.",
    )
    heures_d_insertion = forms.IntegerField(
        label="Heures de travail réservées à des personnes éloignées de l'emploi",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=(
            "Pour toute la durée. Vide : aucune. "
            "Le facilitateur des clauses sociales du département aide à compter."
        ),
    )
    exception_sociale = forms.ChoiceField(
        label="Une exception à la condition sociale", required=False
    )
    motif_de_l_exception = forms.CharField(
        label="Pourquoi cette exception ?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def selon(self, droit: Droit) -> None:
        """Offre les exceptions que la loi admet ce jour-là (CCP, art. L. 2112-2-1)."""
        cas = droit.valeur_connue("durable.conditions_sociales.exceptions").liste
        choix: Any = self.fields["exception_sociale"]
        choix.choices = [
            ("", "Aucune exception"),
            *((nom, nom[0].upper() + nom[1:]) for nom in cas),
        ]

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        if reponses.jugement is None:
            prestation = reponses.nature.prestation if reponses.nature else "services"
            return {"condition_environnementale": CONDITIONS[prestation]}
        durabilite = reponses.jugement.durabilite
        noms = (
            "condition_environnementale",
            "condition_sociale",
            "heures_d_insertion",
            "exception_sociale",
            "motif_de_l_exception",
        )
        return {nom: getattr(durabilite, nom) for nom in noms}

    @classmethod
    def lignes_de(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> list[dict[str, Any]]:
        if reponses.jugement is None:
            return USUELS
        return [ligne_de(critere) for critere in reponses.jugement.criteres]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if not self.remplies:
            self.add_error(
                None, "Donnez au moins deux critères : le prix, et un autre sur l'environnement."
            )
        if donnees.get("exception_sociale") and not donnees.get("motif_de_l_exception"):
            self.add_error(
                "motif_de_l_exception", "Une exception se motive : la raison est gardée au dossier."
            )
        return donnees

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Jugement:
        donnees = self.cleaned_data
        return Jugement(
            criteres=tuple(critere_de(ligne) for ligne in self.remplies),
            durabilite=Durabilite(
                condition_environnementale=donnees["condition_environnementale"].strip(),
                condition_sociale=donnees["condition_sociale"].strip(),
                heures_d_insertion=donnees["heures_d_insertion"],
                exception_sociale=donnees["exception_sociale"],
                motif_de_l_exception=donnees["motif_de_l_exception"].strip(),
            ),
        )

    def champs(self) -> dict[str, Any]:
        return {}


def critere_de(ligne: dict[str, Any]) -> Critere:
    """Un critère, d'après sa ligne remplie."""
    return Critere(
        nom=ligne["nom"],
        sorte=ligne["sorte"] or "autre",
        poids=ligne["poids"],
        environnement=ligne["environnement"],
        sous_criteres=ligne["sous_criteres"],
    )


def ligne_de(critere: Critere) -> dict[str, Any]:
    """La ligne qui montre un critère."""
    return {
        "nom": critere.nom,
        "sorte": critere.sorte,
        "poids": critere.poids,
        "environnement": critere.environnement,
        "sous_criteres": "\n".join(
            f"{sous.nom} : {sous.poids.normalize():f}" for sous in critere.sous_criteres
        ),
    }
