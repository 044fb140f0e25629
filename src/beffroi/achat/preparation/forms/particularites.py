"""Ce que peu d'achats ont :
un prix à part, des tranches, des options, d'autres acheteurs, une suite prévue.
"""

from typing import Any

from django import forms

from beffroi.achat.preparation.forms import hors_profil
from beffroi.achat.preparation.forms.hors_profil import HorsProfilForm
from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation, nature_supposee
from beffroi.achat.preparation.rules.prix import forme_usuelle, variation_usuelle
from beffroi.achat.preparation.rules.reponses import AUCUNE_REPONSE, Particularites, Reponses
from beffroi.personnes.organismes.queries import nom_d_un_organisme
from beffroi.socle.guichet.champs.textes import LignesField, PhraseField
from droit.achat import GroupementDeCommandes, PrestationSupplementaire, Tranche

FORMES = [
    ("forfaitaire", "Un prix global pour tout (forfaitaire)"),
    ("unitaire", "Des prix à l'unité, payés selon les quantités (unitaire)"),
    ("mixte", "Une part globale et une part à l'unité (mixte)"),
]
VARIATIONS = [
    ("ferme", "Il ne change pas (ferme)"),
    (
        "ferme actualisable",
        "Il est mis à jour une fois, si le marché commence plus de trois mois après l'offre",
    ),
    ("révisable", "Il suit un indice ou une formule pendant le marché (révisable)"),
]
EXECUTIONS = [
    ("chacun", "Chaque membre suit sa part du marché"),
    ("coordonnateur", "Celui qui passe le marché le suit aussi pour tous"),
]


class ParticularitesForm(HorsProfilForm):
    """Rien n'est obligatoire : une partie laissée vide n'existe pas dans l'achat."""

    forme_de_prix = forms.ChoiceField(
        label="Comment le prix se calcule-t-il ?",
        choices=FORMES,
        required=False,
        widget=forms.RadioSelect,
    )
    variation_de_prix = forms.ChoiceField(
        label="Peut-il changer pendant le marché ?",
        choices=VARIATIONS,
        required=False,
        widget=forms.RadioSelect,
    )
    clause_de_prix = PhraseField(
        label="Comment il change",
        help_text="Pour un prix révisable : la date du prix de départ, l'indice ou la formule, "
        "et tous les combien. "
        "Ou l'article du cahier des clauses qui le dit.",
    )
    tranche_ferme = forms.CharField(
        label="Ce que vous ferez à coup sûr (tranche ferme)",
        required=False,
        max_length=200,
        help_text="Par exemple : la toiture de l'école.",
    )
    tranches_optionnelles = LignesField(
        label="Ce que vous ferez peut-être (tranches optionnelles)",
        help_text="Une par ligne. Chacune doit former un tout avec les précédentes.",
    )
    indemnite_des_tranches = PhraseField(
        label="Une indemnité, si une tranche attend ou ne se fait pas", help_text="Vide : aucune."
    )
    prestations_supplementaires = LignesField(
        label="Les prestations que vous retiendrez ou non en signant",
        help_text="Une par ligne. Leur montant compte dans le montant estimé.",
    )
    reponse_obligatoire = forms.BooleanField(
        label="Chaque entreprise doit donner un prix pour chacune", required=False, initial=True
    )
    membres = LignesField(
        label="Les autres acheteurs",
        help_text="Un par ligne : son nom, ou son SIRET s'il est sur cette plateforme.",
    )
    coordonnateur = forms.CharField(
        label="Qui passe le marché pour tous ?",
        required=False,
        max_length=200,
        help_text="D'ordinaire, vous.",
    )
    convention = PhraseField(
        label="La convention que tous ont signée",
        help_text="Par exemple : convention du 3 mars 2026.",
    )
    execution = forms.ChoiceField(
        label="Ensuite, qui suit le marché ?",
        choices=EXECUTIONS,
        required=False,
        widget=forms.RadioSelect,
    )
    prestations_similaires = forms.BooleanField(
        label=(
            "Vous pourrez confier la suite à la même entreprise, "
            "dans les trois ans (prestations similaires)"
        ),
        required=False,
        help_text=(
            "Il faut l'annoncer dès maintenant, et compter la suite dans le montant estimé (CCP, "
            "art. R. 2122-7)."
        ),
    )

    @classmethod
    def valeurs(cls, faits: FaitsDeLaConsultation, reponses: Reponses) -> dict[str, Any]:
        dites = reponses.particularites or Particularites()
        nature = reponses.nature or nature_supposee(faits)
        return {
            "forme_de_prix": dites.forme_de_prix or forme_usuelle(nature, reponses.montant),
            "variation_de_prix": dites.variation_de_prix
            or variation_usuelle(nature, reponses.montant, faits.code_cpv),
            "clause_de_prix": dites.clause_de_prix,
            "tranche_ferme": next(
                (tranche.intitule for tranche in dites.tranches if tranche.ferme), ""
            ),
            "tranches_optionnelles": [
                tranche.intitule for tranche in dites.tranches if not tranche.ferme
            ],
            "indemnite_des_tranches": dites.indemnite_des_tranches,
            "prestations_supplementaires": [
                pse.intitule for pse in dites.prestations_supplementaires
            ],
            "reponse_obligatoire": all(
                pse.reponse_obligatoire for pse in dites.prestations_supplementaires
            ),
            "prestations_similaires": dites.prestations_similaires,
            **hors_profil.valeurs(dites),
            **_groupement(dites.groupement_de_commandes, faits.acheteur.nom),
        }

    def clean_membres(self) -> tuple[str, ...]:
        """Un SIRET devient le nom de l'organisme, s'il est ici."""
        return tuple(_nom(ligne) for ligne in self.cleaned_data["membres"])

    def clean_coordonnateur(self) -> str:
        """Un SIRET devient le nom seul :
        c'est lui que l'on compare à celui de l'organisme qui publie.
        """
        return _nom(str(self.cleaned_data["coordonnateur"]).strip()).partition(" (SIRET ")[0]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if donnees.get("variation_de_prix") == "révisable" and not donnees.get("clause_de_prix"):
            self.add_error(
                "clause_de_prix", "Un prix révisable dit comment il change (CCP, art. R. 2112-13)."
            )
        if donnees.get("tranches_optionnelles") and not donnees.get("tranche_ferme"):
            self.add_error(
                "tranche_ferme", "Dites aussi ce que vous ferez à coup sûr (CCP, art. R. 2113-4)."
            )
        if donnees.get("tranche_ferme") and not donnees.get("tranches_optionnelles"):
            self.add_error(
                "tranches_optionnelles",
                "Avec une seule tranche, le marché n'en a pas : effacez-la.",
            )
        if (
            donnees.get("convention")
            and not donnees.get("membres")
            and "membres" not in self.errors
        ):
            self.add_error("membres", "Nommez les autres acheteurs de la convention.")
        if donnees.get("membres") and not donnees.get("coordonnateur"):
            self.add_error(
                "coordonnateur", "Dites qui passe le marché pour tous (CCP, art. L. 2113-7)."
            )
        return donnees

    def reponse(self, avant: Reponses = AUCUNE_REPONSE) -> Particularites:
        donnees = self.cleaned_data
        ferme, optionnelles = donnees["tranche_ferme"].strip(), donnees["tranches_optionnelles"]
        return Particularites(
            forme_de_prix=donnees["forme_de_prix"],
            variation_de_prix=donnees["variation_de_prix"],
            clause_de_prix=donnees["clause_de_prix"].strip(),
            tranches=(
                *((Tranche(intitule=ferme, ferme=True),) if ferme else ()),
                *(Tranche(intitule=intitule) for intitule in optionnelles),
            ),
            indemnite_des_tranches=donnees["indemnite_des_tranches"].strip() if ferme else "",
            prestations_supplementaires=tuple(
                PrestationSupplementaire(
                    intitule=intitule, reponse_obligatoire=donnees["reponse_obligatoire"]
                )
                for intitule in donnees["prestations_supplementaires"]
            ),
            prestations_similaires=donnees["prestations_similaires"],
            groupement_de_commandes=self._groupement() if donnees["membres"] else None,
            documents_hors_profil=self.documents(),
            outils=self.outils(),
        )

    def _groupement(self) -> GroupementDeCommandes:
        donnees = self.cleaned_data
        return GroupementDeCommandes(
            coordonnateur=donnees["coordonnateur"].strip(),
            membres=donnees["membres"],
            convention=donnees["convention"].strip(),
            chacun_execute=donnees["execution"] != "coordonnateur",
        )

    def champs(self) -> dict[str, Any]:
        return {}


def _groupement(groupement: GroupementDeCommandes | None, acheteur: str) -> dict[str, Any]:
    dit = groupement or GroupementDeCommandes(coordonnateur=acheteur)
    return {
        "membres": dit.membres,
        "coordonnateur": dit.coordonnateur,
        "convention": dit.convention,
        "execution": "chacun" if dit.chacun_execute else "coordonnateur",
    }


def _nom(ligne: str) -> str:
    siret = ligne.replace(" ", "")
    if not siret.isdigit():
        return ligne
    nom = nom_d_un_organisme(siret)
    if not nom:
        raise forms.ValidationError(
            f"Aucun organisme de la plateforme n'a le SIRET {ligne}. Écrivez son nom."
        )
    return f"{nom} (SIRET {siret})"
