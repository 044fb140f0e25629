"""La demande aux titulaires : la forme seulement ; la loi est dans les règles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from beffroi.contrat.marches.models import Titulaire
from beffroi.contrat.remises_en_concurrence.services import Demande
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.champs.nombres import MontantField
from beffroi.socle.guichet.champs.textes import texte


class DemandeForm(forms.Form):
    """Ce qui est demandé, selon quels critères, jusqu'à quand."""

    titre = texte("Ce que vous demandez, en une ligne", longueur=200)
    besoin = texte(
        "Votre besoin",
        "Quantités, lieux, délais : ce que l'accord-cadre laisse à préciser.",
        longueur=8000,
        lignes=5,
    )
    criteres = texte(
        "Les critères de l'accord-cadre",
        "Recopiez-les, avec leurs poids : ils ne changent pas ici.",
        longueur=4000,
        lignes=3,
    )
    estimation = MontantField(
        label="Votre estimation hors taxes",
        required=False,
        help_text="Vous seul la lisez : elle se compare au maximum.",
    )
    jour_limite = JourField(label="Jour limite")
    heure_limite = HeureField(label="Heure limite, à Paris")

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        if "jour_limite" in donnees and "heure_limite" in donnees:
            donnees["limite"] = instant(self, "limite")
        return donnees

    def demande(self) -> Demande:
        dits = self.cleaned_data
        limite: datetime = dits["limite"]
        return Demande(dits["titre"], dits["besoin"], dits["criteres"], limite, dits["estimation"])


class OuvertureForm(DemandeForm):
    """La demande, et l'adresse de chaque titulaire : aucun ne s'oublie."""

    def __init__(
        self, *args: Any, titulaires: Sequence[Titulaire], adresses: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.noms = [f"courriel-{titulaire.rang}" for titulaire in titulaires]
        for nom, titulaire in zip(self.noms, titulaires, strict=True):
            self.fields[nom] = forms.EmailField(
                label=f"Adresse pour {titulaire.nom}",
                max_length=254,
                initial=adresses.get(titulaire.siret, ""),
                help_text=(
                    f"SIRET {titulaire.siret}. Cette personne recevra l'invitation et répondra."
                ),
                error_messages={
                    "required": f"Donnez une adresse pour {titulaire.nom}.",
                    "invalid": "Écrivez une adresse, par exemple nom@exemple.fr.",
                },
            )

    @property
    def courriels(self) -> list[str]:
        return [self.cleaned_data[nom] for nom in self.noms]
