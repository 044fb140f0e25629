"""Les formulaires d'une entreprise : s'inscrire en un écran, se rattacher à un établissement."""

# allauth ne publie pas ses types.
# mypy: disallow-subclassing-any=False

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.http import HttpRequest

from beffroi.personnes.comptes.forms import ADRESSE, MOT_DE_PASSE, REGLE_DU_MOT_DE_PASSE, nommer
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import rules, services, sirene
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.pays import PAYS
from beffroi.socle.budgets.reseau import reseau
from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.champs.textes import LigneField
from droit.decision import Decision

SANS_NOM = "Saisissez le nom de l'entreprise."


class IdentiteDEntrepriseMixin(forms.Form):
    """Un SIRET, ou pour une entreprise établie hors de France, un pays et son numéro officiel."""

    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=24,
        help_text="14 chiffres, avec ou sans espaces.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    pays = forms.ChoiceField(
        label="Pays", required=False, choices=[("", "Choisissez un pays"), *PAYS]
    )
    identifiant = forms.CharField(
        label="Numéro officiel de l'entreprise",
        required=False,
        max_length=60,
        help_text=(
            "Numéro de TVA dans l'Union européenne ; ailleurs, numéro au registre du commerce."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    raison_sociale = LigneField(
        label="Nom de l'entreprise",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nom = self.fields["raison_sociale"]
        nom.required = not sirene.est_relie()
        nom.error_messages["required"] = SANS_NOM
        if not nom.required:
            nom.help_text = "Laissez vide : nous reprenons celui que Sirene donne à ce SIRET."

    @property
    def est_hors_de_france(self) -> bool:
        """Le volet des entreprises étrangères s'ouvre s'il contient quelque chose."""
        return bool(self["pays"].value() or self["identifiant"].value())

    def clean(self) -> dict[str, Any]:
        super().clean()
        donnees = self.cleaned_data
        if donnees.get("siret"):
            donnees.update(pays="FR", identifiant=rules.chiffres(donnees["siret"]))
            self._refuser("siret", rules.controle_du_siret(donnees["identifiant"]))
        elif donnees.get("pays"):
            donnees["identifiant"] = rules.chiffres(donnees.get("identifiant", ""))
            controle = rules.controle_de_l_identifiant(
                pays=donnees["pays"], identifiant=donnees["identifiant"]
            )
            self._refuser("identifiant", controle)
        elif donnees.get("identifiant"):
            self.add_error("pays", "Choisissez le pays où l'entreprise est établie.")
        else:
            self.add_error(
                "siret",
                "Saisissez le SIRET, ou ouvrez le volet des entreprises établies hors de France.",
            )
        if not self.errors and not donnees["raison_sociale"]:
            self._nommer_d_apres_sirene(donnees)
        return donnees

    def _nommer_d_apres_sirene(self, donnees: dict[str, Any]) -> None:
        """Le nom, et l'adresse avec lui. Si Sirene se tait, la personne tape, et continue."""
        lue = sirene.chercher(donnees["identifiant"]) if donnees["pays"] == "FR" else None
        if lue and lue.etablissement and lue.etablissement.nom:
            donnees["raison_sociale"] = lue.etablissement.nom
            donnees["lieu"] = services.Lieu(
                lue.etablissement.adresse, lue.etablissement.code_postal
            )
        else:
            self.add_error("raison_sociale", (lue.phrase if lue else "") or SANS_NOM)

    def _refuser(self, champ: str, decision: Decision) -> None:
        for motif in decision.motifs:
            self.add_error(champ, motif.texte)


class InscriptionForm(IdentiteDEntrepriseMixin, SignupForm):
    """Le compte d'une entreprise, en un écran : rien n'est demandé qui puisse attendre."""

    nom = LigneField(
        label="Votre nom et votre prénom",
        max_length=120,
        error_messages={"required": "Saisissez votre nom et votre prénom."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # L'ordre de l'écran, que le résumé des erreurs suit.
    field_order = ("email", "password1", "nom", "siret", "pays", "identifiant", "raison_sociale")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["email"], label=ADRESSE, autocompletion="email")
        nommer(self.fields["password1"], label=MOT_DE_PASSE, aide=REGLE_DU_MOT_DE_PASSE)

    def save(self, request: HttpRequest) -> Utilisateur:
        """Appelé par allauth,
        qui connecte ensuite la personne et lui écrit pour confirmer son adresse.
        """
        membre = services.inscrire_entreprise(
            courriel=self.cleaned_data["email"],
            mot_de_passe=self.cleaned_data["password1"],
            nom=self.cleaned_data["nom"],
            raison_sociale=self.cleaned_data["raison_sociale"],
            pays=self.cleaned_data["pays"],
            identifiant=self.cleaned_data["identifiant"],
            lieu=self.cleaned_data.get("lieu"),
            reseau=reseau(request),
            maintenant=horloge.maintenant(),
        )
        record_authentication(
            request, membre.utilisateur, method="password", email=membre.utilisateur.courriel
        )
        return membre.utilisateur


class RattachementForm(IdentiteDEntrepriseMixin):
    """Agir pour un établissement de plus."""


class InvitationForm(forms.Form):
    """L'adresse d'un collègue."""

    courriel = forms.EmailField(
        label="Son adresse électronique",
        max_length=254,
        error_messages={
            "required": "Saisissez l'adresse de votre collègue.",
            "invalid": "Cette adresse est incomplète. Exemple : kevin@entreprise.fr.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class PresentationForm(forms.Form):
    """Ce que les statistiques comptent, et que rien n'oblige à dire."""

    taille = forms.ChoiceField(
        label="Taille de l'entreprise",
        required=False,
        choices=[("", "Ne pas le dire"), *Equipe.Taille.choices],
        help_text="Celle de l'entreprise entière. Microentreprise : "
        "moins de 10 personnes et 2 millions d'euros au plus ; "
        "petite ou moyenne : moins de 250 personnes ; intermédiaire : moins de 5 000.",
        widget=forms.RadioSelect,
    )
    code_postal = forms.CharField(
        label="Code postal de cet établissement",
        required=False,
        max_length=9,
        help_text="Cinq chiffres, en France.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )

    def clean_code_postal(self) -> str:
        code = rules.chiffres(self.cleaned_data["code_postal"])
        controle = rules.controle_du_code_postal(code)
        if controle.motifs and code:
            raise forms.ValidationError([motif.texte for motif in controle.motifs])
        return code
