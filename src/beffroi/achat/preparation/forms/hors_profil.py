"""Ce que le profil ne donne pas :
des documents remis autrement, un outil que l'entreprise n'a pas d'ordinaire.
"""

from typing import Any

from django import forms

from beffroi.achat.preparation.rules.reponses import Particularites
from beffroi.socle.guichet.champs.textes import LignesField, PhraseField
from droit.achat import (
    ACCES_A_L_OUTIL,
    RAISONS_HORS_PROFIL,
    RAISONS_HORS_PROFIL_EN_CONCESSION,
    DocumentHorsProfil,
    OutilParticulier,
    raisons_hors_profil,
)

_TOUTES = {**RAISONS_HORS_PROFIL, **RAISONS_HORS_PROFIL_EN_CONCESSION}
_DIRE = "l'avis doit le dire (CCP, art. R. 2132-5 et R. 3122-11)."
A_RELIRE = (
    "Ces trois cas sont dits avec les mots de la directive 2014/23/UE, art. 34. Faites-les relire."
)
ACCES = [(cle, f"{phrase[0].upper()}{phrase[1:]}") for cle, phrase in ACCES_A_L_OUTIL.items()]


def _raison(*, concession: bool) -> forms.ChoiceField:
    """Les raisons que ce contrat admet, chacune avec son article."""
    admises = raisons_hors_profil(concession=concession).items()
    choix = [("", "Choisissez une raison"), *((cle, raison.phrase) for cle, raison in admises)]
    return forms.ChoiceField(
        label="Pourquoi ?", choices=choix, required=False, help_text=A_RELIRE if concession else ""
    )


class HorsProfilForm(forms.Form):
    """Rien n'est obligatoire : une partie laissée vide n'existe pas dans l'achat."""

    documents_hors_profil = LignesField(
        label="Les documents qui ne seront pas en ligne",
        help_text="Un par ligne. Les autres restent en ligne, gratuits et sans compte.",
    )
    raison_hors_profil = _raison(concession=False)
    acces_hors_profil = PhraseField(
        label="Comment les obtenir",
        help_text="Sans frais. Par exemple : par courriel, à marches@commune.fr, dans la journée.",
    )
    engagement_hors_profil = PhraseField(
        label="Un engagement de confidentialité à signer", help_text="Vide : aucun."
    )
    outil = forms.CharField(
        label="L'outil ou le format qu'il faut pour répondre",
        required=False,
        max_length=200,
        help_text="Par exemple : une maquette numérique (BIM), au format IFC.",
    )
    acces_a_l_outil = forms.ChoiceField(
        label="Ce que vous offrez à qui ne l'a pas",
        choices=ACCES,
        required=False,
        widget=forms.RadioSelect,
    )
    adresse_de_l_outil = forms.URLField(
        label="L'adresse où l'obtenir, avec https://",
        required=False,
        max_length=400,
        assume_scheme="https",
    )
    conditions_de_l_outil = PhraseField(
        label="Les conditions d'accès", help_text="Jusqu'à quand, à qui demander."
    )

    def pour_une_concession(self) -> None:
        """Les cas de l'article R. 3122-11, à la place de ceux d'un marché."""
        self.fields["raison_hors_profil"] = _raison(concession=True)

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if donnees.get("documents_hors_profil"):
            self._exiger("raison_hors_profil", f"Dites pourquoi : {_DIRE}")
            self._exiger("acces_hors_profil", f"Dites comment les obtenir : {_DIRE}")
        elif donnees.get("acces_hors_profil") and "documents_hors_profil" not in self.errors:
            self.add_error(
                "documents_hors_profil", "Nommez les documents qui ne seront pas en ligne."
            )
        if donnees.get("outil"):
            self._exiger(
                "acces_a_l_outil",
                "Dites ce que vous offrez à qui n'a pas cet outil (CCP, art. R. 2132-14).",
            )
            self._exiger(
                "adresse_de_l_outil", "Donnez l'adresse où l'obtenir : l'avis doit la donner."
            )
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
                raison=_TOUTES[donnees["raison_hors_profil"]].libelle,
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
