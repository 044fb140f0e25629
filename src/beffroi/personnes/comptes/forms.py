"""Les formulaires du compte : ceux d'allauth, avec nos mots et sans texte grisé dans les champs."""

# allauth ne publie pas ses types.
# mypy: disallow-subclassing-any=False

from collections.abc import Callable, Collection
from typing import Any

from allauth.account import forms as compte
from allauth.mfa.base import forms as second_facteur
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as cle_d_acces
from django import forms
from django.http import HttpRequest

from beffroi.personnes.comptes import essais, services
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import DUREE_PROPOSEE, DUREES, Portee
from beffroi.socle.fondations import horloge

ADRESSE = "Adresse électronique"
MOT_DE_PASSE = "Mot de passe"
CODE = "Code à 6 chiffres"
REGLE_DU_MOT_DE_PASSE = "Au moins 14 signes. Quatre mots sans rapport conviennent très bien."


# Un code a six chiffres : qui tient déjà le mot de passe en essaierait mille. Ici, on arrête.
ATTENDEZ = "Trop de codes faux à la suite. Attendez dix minutes, ou servez-vous d'une clé d'accès."


OUBLIS = {
    ADRESSE: "Saisissez une adresse électronique, par exemple nom@entreprise.fr.",
    MOT_DE_PASSE: "Saisissez un mot de passe.",
    CODE: "Saisissez le code que l'application affiche.",
}


def nommer(champ: forms.Field, *, label: str, aide: str = "", autocompletion: str = "") -> None:
    """Donne à un champ d'allauth notre étiquette,
    notre aide, nos phrases, et retire son texte grisé.
    """
    champ.label = label
    champ.help_text = aide
    champ.error_messages["required"] = OUBLIS.get(label, f"Remplissez « {label} ».")
    champ.error_messages["invalid"] = OUBLIS.get(label, champ.error_messages.get("invalid", ""))
    champ.widget.attrs.pop("placeholder", None)
    if autocompletion:
        champ.widget.attrs["autocomplete"] = autocompletion


class ConnexionForm(compte.LoginForm):
    """Se connecter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["login"], label=ADRESSE, autocompletion="username")
        nommer(self.fields["password"], label=MOT_DE_PASSE)


class MotDePasseOublieForm(compte.ResetPasswordForm):
    """Demander un lien."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["email"], label=ADRESSE)

    def clean_email(self) -> str:
        """Le lien part à l'adresse du compte, et prouve celle-là seule.

        allauth retrouve aussi un compte par l'adresse qu'il a demandé à prendre : le lien partirait
        à celle-ci, et prouverait l'autre.
        """
        demandee: str = super().clean_email()
        self.users: list[Utilisateur] = [
            une for une in self.users if une.courriel.lower() == demandee.lower()
        ]
        return demandee

    def save(self, request: HttpRequest, **suite: Any) -> str:
        """Cinq liens en dix minutes suffisent : la même page répond, et une messagerie n'est pas
        inondée.
        """
        courriel: str = self.cleaned_data["email"]
        liens, le = essais.de_l_adresse(courriel), horloge.maintenant()
        if not essais.est_epuise(liens, le=le):
            services.noter_un_echec([liens.cle], maintenant=le)
            super().save(request, **suite)
        return courriel


class NouveauMotDePasseForm(compte.ResetPasswordKeyForm):
    """Choisir un mot de passe depuis un lien : une seule saisie, on peut recommencer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        nommer(self.fields["password1"], label="Nouveau mot de passe", aide=REGLE_DU_MOT_DE_PASSE)


class ChangerMotDePasseForm(compte.ChangePasswordForm):
    """Changer de mot de passe."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        nommer(self.fields["oldpassword"], label="Mot de passe actuel")
        nommer(self.fields["password1"], label="Nouveau mot de passe", aide=REGLE_DU_MOT_DE_PASSE)


class PoserMotDePasseForm(compte.SetPasswordForm):
    """Se donner un premier mot de passe."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        nommer(self.fields["password1"], label=MOT_DE_PASSE, aide=REGLE_DU_MOT_DE_PASSE)


class ChangerAdresseForm(compte.AddEmailForm):
    """Changer d'adresse."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["email"], label="Nouvelle adresse électronique")


class ConfirmerMotDePasseForm(compte.ReauthenticateForm):
    """Redonner son mot de passe avant un acte qui engage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["password"], label=MOT_DE_PASSE)


class CodeAUsageUniqueMixin(forms.Form):
    """Un code d'application ne sert qu'une fois, où qu'il soit saisi ;
    allauth ne le retient que 30 secondes.
    """

    user: Utilisateur
    _emit_authentication_failed: Callable[[Authenticator], None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(
            self.fields["code"],
            label=CODE,
            aide="Celui de votre application, ou l'un de vos codes de secours.",
            autocompletion="one-time-code",
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        codes, le = essais.des_codes(self.user.pk), horloge.maintenant()
        if essais.est_epuise(codes, le=le):
            raise forms.ValidationError(ATTENDEZ)
        code: str = self.cleaned_data["code"]
        refus = "Activez un second facteur avant de saisir un code."
        essayes: list[Authenticator] = []
        for authentificateur in Authenticator.objects.filter(user=self.user).order_by("-type"):
            if authentificateur.type == Authenticator.Type.WEBAUTHN:
                continue
            essayes.append(authentificateur)
            if authentificateur.type == Authenticator.Type.TOTP:
                decision = services.consommer_code_totp(
                    authentificateur=authentificateur, code=code, maintenant=horloge.heure_reelle()
                )
                accepte = decision.favorable
                refus = decision.motifs[0].texte if decision.motifs else refus
            else:
                accepte = authentificateur.wrap().validate_code(code)
            if accepte:
                authentificateur.user = self.user
                self.authenticator = authentificateur
                services.oublier_les_echecs([codes.cle])
                return code
        services.noter_un_echec([codes.cle], maintenant=le)
        if essayes:  # le refus s'annonce comme allauth l'annonce : le journal de sécurité l'entend
            self._emit_authentication_failed(essayes[0])
        raise forms.ValidationError(refus)


class SecondFacteurForm(CodeAUsageUniqueMixin, second_facteur.AuthenticateForm):
    """Le code, à la connexion."""


class ConfirmerParCodeForm(CodeAUsageUniqueMixin, second_facteur.ReauthenticateForm):
    """Le code, avant un acte qui engage."""


class ActiverApplicationForm(totp.ActivateTOTPForm):
    """Le premier code, qui prouve que l'application est réglée."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["code"], label=CODE, autocompletion="one-time-code")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AjouterCleForm(cle_d_acces.AddWebAuthnForm):
    """Ajouter une clé d'accès."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(
            self.fields["name"],
            label="Nom de cette clé",
            aide="Pour la reconnaître : « Téléphone » ou « Ordinateur de la mairie ».",
        )
        self.fields["name"].required = False
        nommer(
            self.fields["passwordless"],
            label="Me connecter avec cette clé seule, sans mot de passe",
            aide="L'appareil demande alors votre empreinte, votre visage ou son code.",
        )
        self.fields["passwordless"].initial = True


class RenommerCleForm(cle_d_acces.EditWebAuthnForm):
    """Renommer une clé d'accès."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nommer(self.fields["name"], label="Nom de cette clé")


class JetonForm(forms.Form):
    """Un jeton d'API : son nom, ce qu'il permet, jusqu'à quand."""

    libelle = forms.CharField(
        label="Nom du jeton",
        max_length=80,
        error_messages={"required": "Donnez un nom au jeton, pour le reconnaître."},
        help_text="Le logiciel qui s'en servira, par exemple « Outil de dépôt ».",
    )
    portees = forms.MultipleChoiceField(
        label="Ce que ce jeton permet",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins une chose que ce jeton permettra.",
            "invalid_choice": "Vos rôles ne permettent pas cela aujourd'hui.",
        },
        help_text=(
            "Rien de plus que vos droits d'aujourd'hui : un rôle donné plus tard demandera un "
            "autre jeton. Choisissez le moins possible."
        ),
    )
    duree = forms.TypedChoiceField(
        label="Pour combien de temps",
        coerce=int,
        choices=list(DUREES.items()),
        initial=DUREE_PROPOSEE,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites pour combien de temps."},
    )

    def __init__(self, *args: Any, portees: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["portees"]
        champ.choices = [  # type: ignore[attr-defined]
            (portee.value, portee.label) for portee in Portee if portee.value in portees
        ]


class ChoisirMotDePasseForm(forms.Form):
    """Le mot de passe d'une personne attendue, à l'adresse qu'elle vient de prouver."""

    mot_de_passe = forms.CharField(
        label=MOT_DE_PASSE,
        strip=False,
        error_messages={"required": OUBLIS[MOT_DE_PASSE]},
        help_text=REGLE_DU_MOT_DE_PASSE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        self.utilisateur = utilisateur
        super().__init__(*args, **kwargs)

    def clean_mot_de_passe(self) -> str:
        from django.contrib.auth.password_validation import validate_password

        mot_de_passe: str = self.cleaned_data["mot_de_passe"]
        validate_password(mot_de_passe, self.utilisateur)
        return mot_de_passe
