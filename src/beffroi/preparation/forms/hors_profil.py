"""Ce que le profil ne donne pas : des documents remis autrement, un outil que l'entreprise n'a pas d'ordinaire."""

from typing import Any

from django import forms

from beffroi.preparation.forms.champs import PhraseField
from beffroi.preparation.forms.lignes_de_texte import LignesField
from beffroi.preparation.reponses import Particularites
from droit.achat import ACCES_A_L_OUTIL, RAISONS_HORS_PROFIL, DocumentHorsProfil, OutilParticulier

RAISONS = [
    ("", "Choisissez une raison"),
    *((raison.cle, f"{raison.libelle[0].upper()}{raison.libelle[1:]}") for raison in RAISONS_HORS_PROFIL.values()),
]
ACCES = [(cle, f"{phrase[0].upper()}{phrase[1:]}") for cle, phrase in ACCES_A_L_OUTIL.items()]


class HorsProfilForm(forms.Form):
    """Rien n'est obligatoire : une partie laissée vide n'existe pas dans l'achat."""

    documents_hors_profil = LignesField(
        label="Les documents qui ne seront pas en ligne",
        help_text="Un par ligne. Les autres restent en ligne, gratuits et sans compte.",
    )
    raison_hors_profil = forms.ChoiceField(label="Pourquoi ?", choices=RAISONS, required=False)
    acces_hors_profil = PhraseField(
        label="Comment les obtenir",
        help_text="Sans frais. Par exemple : par courriel, à marches@commune.fr, dans la journée.",
    )
    engagement_hors_profil = PhraseField(label="Un engagement de confidentialité à signer", help_text="Vide : aucun.")
    outil = forms.CharField(
        label="L'outil ou le format qu'il faut pour répondre",
        required=False,
        max_length=200,
        help_text="Par exemple : une maquette numérique (BIM), au format IFC.",
    )
    acces_a_l_outil = forms.ChoiceField(
        label="Ce que vous offrez à qui ne l'a pas", choices=ACCES, required=False, widget=forms.RadioSelect
    )
    adresse_de_l_outil = forms.URLField(
        label="L'adresse où l'obtenir", required=False, max_length=400, assume_scheme="https"
    )
    conditions_de_l_outil = PhraseField(label="Les conditions d'accès", help_text="Jusqu'à quand, à qui demander.")

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("documents_hors_profil"):
            self._exiger("raison_hors_profil", "Dites pourquoi : l'avis doit le dire (CCP, art. R. 2132-5).")
            self._exiger("acces_hors_profil", "Dites comment les obtenir : l'avis doit le dire (CCP, art. R. 2132-5).")
        elif donnees.get("acces_hors_profil") and "documents_hors_profil" not in self.errors:
            self.add_error("documents_hors_profil", "Nommez les documents qui ne seront pas en ligne.")
        if donnees.get("outil"):
            self._exiger("acces_a_l_outil", "Dites ce que vous offrez à qui n'a pas cet outil (CCP, art. R. 2132-14).")
            self._exiger("adresse_de_l_outil", "Donnez l'adresse où l'obtenir : l'avis doit la donner.")
        elif donnees.get("adresse_de_l_outil"):
            self.add_error("outil", "Nommez l'outil que cette adresse donne.")
        return donnees

    def _exiger(self, champ: str, sinon: str) -> None:
        if not self.cleaned_data.get(champ) and champ not in self.errors:
            self.add_error(champ, sinon)

    def documents(self) -> tuple[DocumentHorsProfil, ...]:
        donnees = self.cleaned_data
        return tuple(
            DocumentHorsProfil(
                intitule=intitule,
                raison=RAISONS_HORS_PROFIL[donnees["raison_hors_profil"]].libelle,
                cle_de_la_raison=donnees["raison_hors_profil"],
                moyen_d_acces=donnees["acces_hors_profil"].strip(),
                engagement_de_confidentialite=donnees["engagement_hors_profil"].strip(),
            )
            for intitule in donnees["documents_hors_profil"]
        )

    def outils(self) -> tuple[OutilParticulier, ...]:
        donnees = self.cleaned_data
        if not donnees["outil"]:
            return ()
        return (
            OutilParticulier(
                nom=donnees["outil"].strip(),
                acces=donnees["acces_a_l_outil"],
                adresse=donnees["adresse_de_l_outil"],
                conditions=donnees["conditions_de_l_outil"].strip(),
            ),
        )


def valeurs(dites: Particularites) -> dict[str, Any]:
    """Les mêmes champs, remplis de ce qui a été répondu."""
    document = next(iter(dites.documents_hors_profil), None)
    outil = next(iter(dites.outils), None)
    return {
        "documents_hors_profil": [document.intitule for document in dites.documents_hors_profil],
        "raison_hors_profil": document.cle_de_la_raison if document else "",
        "acces_hors_profil": document.moyen_d_acces if document else "",
        "engagement_hors_profil": document.engagement_de_confidentialite if document else "",
        "outil": outil.nom if outil else "",
        "acces_a_l_outil": outil.acces if outil else "",
        "adresse_de_l_outil": outil.adresse if outil else "",
        "conditions_de_l_outil": outil.conditions if outil else "",
    }
