"""Les comptes : une adresse, un mot de passe long, un second facteur (allauth).

Rien n'y dépend du service.
"""

AUTH_USER_MODEL = "comptes.Utilisateur"
# Une seule porte : celle qui compte les essais et demande le second facteur.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    # CNIL et ANSSI-PG-078 : la longueur plutôt que la composition.
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("courriel", "nom")},
    },
    {"NAME": "beffroi.personnes.comptes.mots_de_passe.SansMotDuService"},
    {"NAME": "beffroi.personnes.comptes.mots_de_passe.JamaisVole"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portail:apres_connexion"
LOGOUT_REDIRECT_URL = "portail:accueil"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "beffroi.personnes.comptes.adapter.CompteAdapter"
# Kevin, 11:41 pour 12:00 : l'adresse se confirme après, jamais avant le dépôt.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Ralentir sans enfermer (`comptes.essais`) : tout un centre de gestion peut sortir par une seule
# adresse, et qui s'acharne sur un compte ne doit pas en priver son titulaire. Jamais de captcha.
# allauth, lui, compte des formulaires. Ce qu'il compte encore (mots de passe et adresses changés,
# identité confirmée, liens, clés), tous les nœuds le comptent ensemble : `budgets.compteurs`.
ACCOUNT_RATE_LIMITS: dict[str, str | None] | bool = dict.fromkeys(
    ("login", "login_failed", "signup", "reset_password")
)
ACCOUNT_FORMS = {
    "login": "beffroi.personnes.comptes.forms.ConnexionForm",
    "signup": "beffroi.personnes.entreprises.forms.InscriptionForm",
    "reset_password": "beffroi.personnes.comptes.forms.MotDePasseOublieForm",
    "reset_password_from_key": "beffroi.personnes.comptes.forms.NouveauMotDePasseForm",
    "change_password": "beffroi.personnes.comptes.forms.ChangerMotDePasseForm",
    "set_password": "beffroi.personnes.comptes.forms.PoserMotDePasseForm",
    "add_email": "beffroi.personnes.comptes.forms.ChangerAdresseForm",
    "change_email": "beffroi.personnes.comptes.forms.ChangerAdresseForm",
    "reauthenticate": "beffroi.personnes.comptes.forms.ConfirmerMotDePasseForm",
}
MFA_ADAPTER = "beffroi.personnes.comptes.adapter.SecondFacteurAdapter"
MFA_FORMS = {
    "authenticate": "beffroi.personnes.comptes.forms.SecondFacteurForm",
    "reauthenticate": "beffroi.personnes.comptes.forms.ConfirmerParCodeForm",
    "activate_totp": "beffroi.personnes.comptes.forms.ActiverApplicationForm",
    "add_webauthn": "beffroi.personnes.comptes.forms.AjouterCleForm",
    "edit_webauthn": "beffroi.personnes.comptes.forms.RenommerCleForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
