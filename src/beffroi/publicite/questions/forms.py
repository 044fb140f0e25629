"""Les formulaires d'une question et de sa réponse.

Un fichier refusé ne fait rien perdre du texte tapé.
"""

from typing import Any

from django import forms

from beffroi.publicite.questions.models import ReponseAQuestion
from beffroi.publicite.questions.rules import SIGNES_PAR_TEXTE
from beffroi.publicite.questions.services import Projet, Saisie
from beffroi.socle.guichet.champs.cle_d_envoi import CleDEnvoiField
from beffroi.socle.guichet.formulaires import AvecPieces
from beffroi.socle.guichet.limites import PIECES_PAR_ENVOI
from formats import tailles

TEXTE_LONG = {
    "max_length": f"Ce texte est trop long : {tailles.nombre(SIGNES_PAR_TEXTE)} signes au plus."
}


class QuestionForm(AvecPieces):
    """Ce qu'une entreprise demande."""

    cle = CleDEnvoiField()
    texte = forms.CharField(
        label="Votre question",
        max_length=SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "N'écrivez pas le nom de votre entreprise : l'acheteur récrira la question pour tous."
        ),
        error_messages={"required": "Écrivez votre question.", **TEXTE_LONG},
    )

    field_order = ["cle", "texte"]

    def saisie(self) -> Saisie:
        return Saisie(
            texte=self.cleaned_data["texte"], cle=self.cleaned_data["cle"], fichiers=self.fichiers()
        )


class ReponseForm(AvecPieces):
    """La réponse qui se prépare : incomplète, elle se garde ; on ne la publie qu'entière."""

    question_publique = forms.CharField(
        label="La question, telle que tous la liront",
        required=False,
        max_length=SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Récrivez-la : rien ne doit laisser deviner qui demande.",
        error_messages=TEXTE_LONG,
    )
    texte = forms.CharField(
        label="Votre réponse",
        required=False,
        max_length=SIGNES_PAR_TEXTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=TEXTE_LONG,
    )
    suite = forms.ChoiceField(
        label="Faut-il changer un document, ou l'heure limite ?",
        required=False,
        choices=ReponseAQuestion.Suite.choices,
        widget=forms.RadioSelect,
    )
    motif_sans_changement = forms.CharField(
        label="Si rien ne change, pourquoi ?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple : la réponse est déjà dans le "
        "dossier. Le journal garde cette raison, "
        "que la page publique "
        "ne montre pas.",
    )
    retirees = forms.MultipleChoiceField(
        label="Fichiers à retirer", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reponse: ReponseAQuestion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jointes = list(reponse.pieces.all()) if reponse else []
        champ = self.fields["retirees"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(piece.reference, piece.nom) for piece in self.jointes]

    def clean(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        gardees = len(self.jointes) - len(donnees.get("retirees", []))
        if gardees + len(self.fichiers()) > PIECES_PAR_ENVOI:
            self.add_error(
                "retirees", f"Une réponse a {PIECES_PAR_ENVOI} fichiers au plus : retirez-en."
            )
        return donnees

    def projet(self) -> Projet:
        saisie = self.cleaned_data
        return Projet(
            question_publique=saisie["question_publique"],
            texte=saisie["texte"],
            suite=saisie["suite"],
            motif_sans_changement=saisie["motif_sans_changement"],
            fichiers=self.fichiers(),
            retirees=saisie["retirees"],
        )


class PublicationForm(forms.Form):
    """Relire avant de publier."""

    relue = forms.BooleanField(
        label="J'ai relu : rien ne dit qui a posé la question", required=False
    )


class EcartForm(forms.Form):
    """Pourquoi l'acheteur ne répond pas."""

    motif = forms.CharField(
        label="Pourquoi n'y répondez-vous pas ?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Seul l'auteur de la question le lira.",
        error_messages={"required": "Dites pourquoi : l'auteur de la question le lira."},
    )
