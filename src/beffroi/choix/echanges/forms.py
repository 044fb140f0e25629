"""Les formulaires d'un courrier et de ce que l'entreprise y répond.

Un fichier refusé ne fait rien perdre du texte tapé.
"""

from collections.abc import Sequence
from typing import Any

from django import forms

from beffroi.choix.echanges import rules
from beffroi.choix.echanges.models import Courrier, Exemplaire
from beffroi.choix.echanges.queries import Joignable
from beffroi.choix.echanges.services import Projet, Reponse
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.guichet.champs.cle_d_envoi import CleDEnvoiField
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.formulaires import AvecPieces
from beffroi.socle.guichet.limites import PIECES_PAR_ENVOI
from droit.decision import Decision
from formats import tailles

TROP_LONG = f"Ce texte est trop long : {tailles.nombre(rules.SIGNES_PAR_TEXTE)} signes au plus."

# Le résultat s'écrit avec les choix, à la page « Attribution » :
# il y porte ses mentions et fait courir l'attente.
SORTES = [
    (cle, libelle) for cle, libelle in Courrier.Sorte.choices if cle != Courrier.Sorte.RESULTAT
]


def designation(equipe: Equipe) -> str:
    return f"{equipe.reference}:{equipe.identifiant}"


class CourrierForm(AvecPieces):
    """Un courrier qui se prépare : à qui, de quelle sorte, quel texte."""

    sorte = forms.ChoiceField(label="Quelle sorte de courrier ?", choices=SORTES)
    a = forms.MultipleChoiceField(
        label="À quelles entreprises ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une entreprise."},
    )
    sujet = forms.CharField(
        label="Sujet",
        max_length=rules.SIGNES_DU_SUJET,
        error_messages={"required": "Écrivez un sujet."},
    )
    texte = forms.CharField(
        label="Texte",
        max_length=rules.SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Écrivez votre texte.", "max_length": TROP_LONG},
    )
    jour_avant = JourField(label="Répondre avant le", required=False)
    heure_avant = HeureField(label="à, heure de Paris", required=False)
    retirees = forms.MultipleChoiceField(
        label="Fichiers à retirer", required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["sorte", "a", "sujet", "texte", "jour_avant", "heure_avant"]

    def __init__(
        self,
        *args: Any,
        joignables: Sequence[Joignable],
        se_negocie: bool,
        sans_suite: bool,
        courrier: Courrier | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.ou_elle_en_est = {"se_negocie": se_negocie, "sans_suite": sans_suite}
        self.joignables = {designation(joignable.equipe): joignable for joignable in joignables}
        self.jointes = list(courrier.pieces.all()) if courrier else []
        self._offrir("a", [(cle, f"{j.equipe}. {j.connue}") for cle, j in self.joignables.items()])
        self._offrir("retirees", [(piece.reference, piece.nom) for piece in self.jointes])

    def _offrir(self, nom: str, choix: list[tuple[str, str]]) -> None:
        champ = self.fields[nom]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = choix

    def clean_sujet(self) -> str:
        return _selon(rules.sujet_recevable(self.cleaned_data["sujet"]), self.cleaned_data["sujet"])

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        donnees["avant"] = (
            instant(self, "avant") if {"jour_avant", "heure_avant"} <= donnees.keys() else None
        )
        for joignable in self.choisis() if "sorte" in donnees else ():
            ouverte = joignable.pli is not None
            permise = rules.sorte_permise(
                donnees["sorte"], reponse_ouverte=ouverte, **self.ou_elle_en_est
            )
            if not permise.favorable:
                self.add_error("sorte", f"{joignable.equipe.nom} : {permise.motifs[0]}")
                break
        gardees = len(self.jointes) - len(donnees.get("retirees", []))
        if gardees + len(self.fichiers()) > PIECES_PAR_ENVOI:
            self.add_error(
                "retirees", f"Un courrier a {PIECES_PAR_ENVOI} fichiers au plus : retirez-en."
            )
        return donnees

    def choisis(self) -> list[Joignable]:
        return [self.joignables[cle] for cle in self.cleaned_data.get("a", [])]

    def projet(self) -> Projet:
        saisie = self.cleaned_data
        return Projet(
            sorte=saisie["sorte"],
            sujet=saisie["sujet"],
            texte=saisie["texte"],
            a=[joignable.equipe for joignable in self.choisis()],
            reponse_avant=saisie["avant"],
            fichiers=self.fichiers(),
            retirees=saisie["retirees"],
        )


def _selon(decision: Decision, valeur: str) -> str:
    if not decision.favorable:
        raise forms.ValidationError([motif.texte for motif in decision.motifs])
    return valeur


class TextesPropresForm(forms.Form):
    """Ce qui n'est écrit qu'à une entreprise : un champ pour chacune."""

    def __init__(self, *args: Any, exemplaires: Sequence[Exemplaire], **kw: Any) -> None:
        super().__init__(*args, **kw)
        for exemplaire in exemplaires:
            self.fields[exemplaire.reference] = forms.CharField(
                label=f"Texte propre à {exemplaire.fil.equipe.nom}",
                required=False,
                max_length=rules.SIGNES_PAR_TEXTE,
                widget=forms.Textarea(attrs={"rows": 5}),
                initial=exemplaire.texte_propre,
                error_messages={"max_length": TROP_LONG},
            )


class PiecesPropresForm(AvecPieces):
    """Les fichiers qu'une entreprise recevra seule."""

    retirees = forms.MultipleChoiceField(
        label="Fichiers à retirer", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, exemplaire: Exemplaire, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.jointes = list(exemplaire.pieces.all())
        champ = self.fields["retirees"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(piece.reference, piece.nom) for piece in self.jointes]

    def clean(self) -> dict[str, Any]:
        gardees = len(self.jointes) - len(self.cleaned_data.get("retirees", []))
        permis = rules.pieces_au_plus(deja=gardees, nouvelles=len(self.fichiers()))
        if not permis.favorable:
            self.add_error("retirees" if self.jointes else None, permis.motifs[0].texte)
        return self.cleaned_data


class RetourForm(AvecPieces):
    """Ce que l'entreprise répond dans son fil."""

    cle = CleDEnvoiField()
    texte = forms.CharField(
        label="Votre réponse",
        max_length=rules.SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Écrivez votre réponse.", "max_length": TROP_LONG},
    )

    field_order = ["cle", "texte"]

    def reponse(self) -> Reponse:
        return Reponse(
            texte=self.cleaned_data["texte"], cle=self.cleaned_data["cle"], fichiers=self.fichiers()
        )


class RelanceForm(forms.Form):
    """À qui redire qu'un courrier attend."""

    personne = forms.ChoiceField(label="À qui ?", widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, personnes: Sequence[Utilisateur], deja: Sequence[str], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        champ = self.fields["personne"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [
                (p.reference, f"{p.nom}{', déjà prévenue' if p.reference in deja else ''}")
                for p in personnes
            ]
        self.personnes = {personne.reference: personne for personne in personnes}

    def personne_choisie(self) -> Utilisateur:
        return self.personnes[self.cleaned_data["personne"]]
