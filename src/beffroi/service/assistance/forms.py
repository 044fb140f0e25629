"""Les formulaires de l'assistance : peu de champs, et jamais un contenu de réponse."""

from typing import Any

from django import forms

from beffroi.service.aide.rules import numero_lisible
from beffroi.service.assistance.models import MOTIFS, Categorie, Demande
from beffroi.service.assistance.services.demandes import Personne, Saisie
from beffroi.service.assistance.services.modeles import Frequente, Modele
from beffroi.socle.guichet.champs.cle_d_envoi import CleDEnvoiField

LONGUEUR_DU_TEXTE = 4000
NON_PRECISE = "Non précisé"
LONG = forms.Textarea(attrs={"rows": 6})


def _texte(
    label: str, aide: str, manque: str, longueur: int = LONGUEUR_DU_TEXTE, **kw: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longueur,
        widget=LONG,
        help_text=aide,
        error_messages={"required": manque},
        **kw,
    )


class DemandeForm(forms.Form):
    """Ce que l'on demande quand on a un compte : rien qu'il faille déjà savoir."""

    texte = _texte(
        "Que se passe-t-il ?",
        (
            "Ce que vous vouliez faire, ce que l'écran a dit. N'écrivez rien de votre offre, "
            "ni mot de passe."
        ),
        "Dites ce qui se passe : une phrase suffit.",
    )
    categorie = forms.ChoiceField(
        label="À quel sujet ?", choices=Categorie, widget=forms.RadioSelect
    )
    objet = forms.CharField(
        label="Référence de la consultation ou du récépissé",
        max_length=30,
        required=False,
        help_text="Si vous l'avez. Exemples : 2026-0142, D-2026-41538206.",
    )
    telephone = forms.CharField(
        label="Téléphone, si vous préférez un appel",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    cle = CleDEnvoiField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("categorie", Categorie.TECHNIQUE.value)

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        decision = numero_lisible(telephone) if telephone else None
        if decision is not None and not decision.favorable:
            raise forms.ValidationError(decision.motifs[0].texte)
        return telephone

    def saisie(self) -> Saisie:
        return Saisie(
            **{champ: self.cleaned_data[champ] for champ in ("texte", "cle", "categorie", "objet")}
        )


class SansCompteForm(DemandeForm):
    """La même, avec de quoi répondre."""

    nom = forms.CharField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Donnez votre nom."},
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez l'adresse où vous répondre.",
            "invalid": "Cette adresse n'est pas complète. Exemple : nom@exemple.fr.",
        },
    )
    field_order = ("nom", "courriel", "telephone", "texte", "categorie", "objet")

    def personne(self) -> Personne:
        return Personne(
            **{champ: self.cleaned_data[champ] for champ in ("nom", "courriel", "telephone")}
        )


class AppelForm(forms.Form):
    """La note d'un appel, en trois champs : qui, sur quoi, quoi. Le reste se range après."""

    qui = forms.CharField(
        label="Qui appelle",
        max_length=120,
        help_text="Son nom et son numéro, comme ils viennent : Sophie Delattre 06 12 34 56 78.",
        error_messages={"required": "Notez au moins un nom ou un numéro."},
    )
    objet = forms.CharField(
        label="À propos de",
        max_length=30,
        required=False,
        help_text="Une consultation, un récépissé. Vide, si rien.",
    )
    texte = forms.CharField(
        label="Ce qu'elle demande",
        max_length=LONGUEUR_DU_TEXTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Notez ce qui est demandé : une phrase suffit."},
    )
    cle = CleDEnvoiField()

    def saisie(self) -> Saisie:
        return Saisie(**{champ: self.cleaned_data[champ] for champ in ("texte", "cle", "objet")})


class SuiteForm(forms.Form):
    """Ce que la personne ajoute."""

    texte = forms.CharField(
        label="Ajouter quelque chose",
        max_length=LONGUEUR_DU_TEXTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez ce que vous voulez ajouter."},
    )


class ServiForm(forms.Form):
    """La réponse a-t-elle servi ?"""

    satisfaction = forms.ChoiceField(
        label="Cette réponse vous a-t-elle servi ?",
        choices=Demande.Satisfaction,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    mot = forms.CharField(
        label="Un mot de plus",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReponseForm(forms.Form):
    """Ce que l'agent écrit à la personne, et où en est la demande après."""

    SUITES = (
        ("resoudre", "C'est résolu"),
        ("repondre", "Je continue à m'en occuper"),
        ("demander_une_precision", "J'attends sa réponse"),
    )
    texte = forms.CharField(
        label="Votre réponse",
        max_length=LONGUEUR_DU_TEXTE,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="La personne la reçoit telle quelle, par courriel et dans son espace.",
        error_messages={"required": "Écrivez votre réponse : la personne la recevra telle quelle."},
    )
    suite = forms.ChoiceField(
        label="Ensuite", choices=SUITES, widget=forms.RadioSelect, initial="resoudre"
    )
    motif = forms.ChoiceField(
        label="Motif, si c'est résolu",
        required=False,
        help_text="Il se compte, sans rien dire de la personne.",
        error_messages={
            "invalid_choice": "Ce motif n'est plus de cette catégorie. Choisissez-en un autre."
        },
    )

    def __init__(
        self, *args: Any, categorie: str, sans_adresse: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        permis = [(motif.value, motif.label) for motif in MOTIFS[categorie]]
        self.fields["motif"].choices = [("", NON_PRECISE), *permis]  # type: ignore[attr-defined]
        if sans_adresse:
            self.fields["texte"].label = "Ce que vous lui avez répondu"
            self.fields["texte"].help_text = "Gardé ici : rien ne part par courriel."


class NoteForm(forms.Form):
    """Entre agents du centre."""

    texte = forms.CharField(
        label="Note interne",
        max_length=LONGUEUR_DU_TEXTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne ne la lit pas.",
        error_messages={"required": "Écrivez la note."},
    )


class RangerForm(forms.Form):
    """La catégorie et l'objet, tels que l'agent les comprend."""

    categorie = forms.ChoiceField(label="Catégorie", choices=Categorie)
    objet = forms.CharField(label="À propos de", max_length=30, required=False)


class FusionForm(forms.Form):
    """Avec quelle autre demande de la même personne suivre celle-ci."""

    dans = forms.ModelChoiceField(
        label="La suivre avec",
        queryset=Demande.objects.none(),
        to_field_name="reference",
        error_messages={
            "required": "Choisissez la demande à garder.",
            "invalid_choice": "Cette demande n'est plus ouverte. Rechargez la page.",
        },
    )

    def __init__(self, *args: Any, autres: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["dans"]
        champ.queryset = autres  # type: ignore[attr-defined]
        champ.label_from_instance = lambda demande: f"{demande.reference} : {demande.sujet}"  # type: ignore[attr-defined]


def _reponse(libelle: str) -> forms.CharField:
    return forms.CharField(
        label=libelle,
        max_length=LONGUEUR_DU_TEXTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Écrivez la réponse."},
    )


class ModeleForm(forms.Form):
    """Une réponse toute prête."""

    categorie = forms.ChoiceField(label="Catégorie", choices=Categorie)
    titre = forms.CharField(
        label="Titre",
        max_length=120,
        help_text="Ce que l'agent cherche des yeux. Exemple : Code reçu trop tard.",
        error_messages={"required": "Donnez un titre."},
    )
    texte = _reponse("Réponse")

    def modele(self) -> Modele:
        return Modele(**self.cleaned_data)


class FrequenteForm(forms.Form):
    """Une question et sa réponse, récrites pour tous."""

    categorie = forms.ChoiceField(label="Catégorie", choices=Categorie)
    question = forms.CharField(
        label="La question",
        max_length=200,
        help_text="Comme tout le monde la poserait : ni nom, ni référence.",
        error_messages={"required": "Écrivez la question."},
    )
    reponse = _reponse("La réponse")

    def saisie(self) -> Frequente:
        return Frequente(**self.cleaned_data)
