"""Réglages communs. En production : cette base et l'environnement, rien d'autre."""

from pathlib import Path
from typing import Any

from beffroi.socle.fondations.reglages import ReglageIllisible
from config import (
    adapters,
    antivirus,
    applications,
    archives,
    assistance,
    coffre,
    conformite,
    courriels,
    journaux,
    metriques,
    sonde,
    traces,
)
from config.base_de_donnees import depuis_adresse
from config.cle_secrete import cle_secrete
from config.env import (
    VARIABLES,
    env_bool,
    env_chemin,
    env_choix,
    env_dossier,
    env_entier,
    env_horaires,
    env_liste,
    env_secret,
    env_texte,
    fichier_de,
)
from config.settings.comptes import *  # noqa: F403

RACINE = Path(__file__).resolve().parents[3]
DONNEES = env_dossier(
    "BEFFROI_DONNEES",
    str(RACINE / "donnees"),
    "Dossier des données : base, fichiers, clés, journal.",
)

PORTAIL_NATIONAL = {
    "adresse": env_texte(
        "BEFFROI_PORTAIL_ADRESSE",
        "",
        (
            "Adresse d'envoi de la ressource DECP au portail national ; vide, rien ne part : "
            "le portail moissonne."
        ),
    ),
    "cle": env_secret("BEFFROI_PORTAIL_CLE", "", "Clé d'API du portail national."),
}
SIRENE = env_texte(
    "BEFFROI_SIRENE_ADRESSE",
    "",
    (
        "Adresse du service « Recherche d'entreprises », par exemple "
        "https://recherche-entreprises.api.gouv.fr ; vide : les noms se tapent, rien ne part."
    ),
)
OCDS_PREFIXE = env_texte(
    "BEFFROI_OCDS_PREFIXE",
    "",
    "Préfixe OCDS enregistré (ocds-xxxxxx) ; vide, les fichiers OCDS n'existent pas.",
)
PUBLICATION = {
    "dossier": env_texte(
        "BEFFROI_AVIS_DOSSIER", "", "Dossier d'échange où déposer les avis ; vide : pas de dépôt."
    ),
    "adresse": env_texte(
        "BEFFROI_AVIS_ADRESSE", "", "Adresse du service qui transmet les avis ; vide : à la main."
    ),
    "jeton": env_secret("BEFFROI_AVIS_JETON", "", "Jeton d'accès à ce service."),
}
SONDE, SONDES_EXTERIEURES, FILS = sonde.SONDE, sonde.EXTERIEURES, sonde.FILS
TEMOIN_DE_SAUVEGARDE = sonde.TEMOIN_DE_SAUVEGARDE
NORMES = env_texte(
    "BEFFROI_NORMES",
    "",
    (
        "Dossier des fichiers officiels (./beffroi normes installer) ; vide : "
        "les contrôles officiels ne se font pas."
    ),
)

DEFENSE_OU_SECURITE = env_bool(
    "BEFFROI_DEFENSE",
    "non",
    "Prépare aussi les marchés de défense ou de sécurité (CCP, art. R. 2332-5).",
)

# ---------------------------------------------------------------- espace d'essai (ADR 0024)
ESPACE = env_choix(
    "BEFFROI_ESPACE",
    "",
    ("essai", "ecole"),
    "Vide : la plateforme. essai ou ecole : une instance à part, qui ne vaut rien.",
)
ADRESSE_D_ESSAI = env_texte(
    "BEFFROI_ADRESSE_D_ESSAI",
    "",
    (
        "Adresse publique de l'espace d'essai, que « serve » lance à côté de la plateforme ; "
        "vide : pas d'espace d'essai."
    ),
)
ADRESSE_PRINCIPALE = env_texte(
    "BEFFROI_ADRESSE_PRINCIPALE",
    "",
    "Dans l'espace d'essai : l'adresse de la plateforme, pour y revenir.",
)
ADRESSE_DE_L_ECOLE = env_texte(
    "BEFFROI_ADRESSE_DE_L_ECOLE",
    "",
    "Adresse publique de la consultation école, que « serve » lance ; vide : pas d'école.",
)
FACTEUR_DE_L_ECOLE = env_entier(
    "BEFFROI_FACTEUR_DE_L_ECOLE",
    "1440",
    "À l'école : combien de fois l'heure va plus vite entre deux événements.",
)
CLE_DE_L_ECOLE = env_secret(
    "BEFFROI_CLE_DE_L_ECOLE",
    "",
    "Secret partagé entre la plateforme et son école ; vide : tiré de la clé des sessions.",
)
SUFFIXE_DE_L_ESPACE = f"-{ESPACE}" if ESPACE else ""

DEBUG = False
DEMONSTRATION = env_bool(
    "BEFFROI_DEMONSTRATION", "non", "Données fictives ; affiche les comptes d'essai."
)

# ---------------------------------------------------------------- adresse publique
ADRESSE_PUBLIQUE = env_texte(
    "BEFFROI_ADRESSE", "http://localhost:8000", "Adresse publique, sans barre oblique finale."
)
ALLOWED_HOSTS = env_liste(
    "BEFFROI_HOTES", "localhost,127.0.0.1", "Noms d'hôte servis, séparés par des virgules."
)
CSRF_TRUSTED_ORIGINS = [ADRESSE_PUBLIQUE]
EN_HTTPS = ADRESSE_PUBLIQUE.startswith("https://")
cle_du_service = cle_secrete(DONNEES)
SECRET_KEY = cle_du_service.presente
SECRET_KEY_FALLBACKS = cle_du_service.reconnues
CLES_DU_SERVICE = cle_du_service.reglages

# ---------------------------------------------------------------- identité du service
SERVICE: dict[str, Any] = {
    "nom": env_texte("BEFFROI_NOM_SERVICE", "Beffroi", "Nom affiché du service."),
    "devise": env_texte(
        "BEFFROI_DEVISE",
        "Marchés publics des communes",
        "Ligne sous le nom du service.",
    ),
    "exploitant": env_texte(
        "BEFFROI_EXPLOITANT",
        "Centre de gestion",
        "Qui tient le service, tant que le centre n'a pas donné son nom dans ses paramètres.",
    ),
    "telephone": env_texte("BEFFROI_TELEPHONE", "03 53 01 62 62", "Téléphone de l'assistance."),
    "horaires": env_horaires(
        "BEFFROI_HORAIRES",
        "8:30-17:30",
        "Heures où l'assistance répond, du lundi au vendredi, à l'heure de Paris.",
    ),
    "courriel": assistance.COURRIEL,
    "code_source": env_texte("BEFFROI_CODE_SOURCE", "", "Adresse publique du code source."),
}

DOSSIER_DE_LA_MARQUE = env_chemin(
    "BEFFROI_MARQUE",
    "Dossier de la marque du centre : marque.toml (ses deux couleurs) et logo.svg. Vide : celle "
    "de Beffroi.",
)

INSTALLED_APPS = applications.INSTALLED_APPS

MIDDLEWARE = [
    "beffroi.socle.guichet.demandes.DemandesNommees",
    "beffroi.integrations.traces.middleware.DemandesTracees",
    "beffroi.service.sonde.middleware.ReponsesComptees",
    "beffroi.service.disponibilite.middleware.DemandesMesurees",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "beffroi.faces.portail.compression.PagesComprimees",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "beffroi.socle.guichet.capacites.Capacites",
    "beffroi.socle.guichet.lecture.UneLecture",
    "beffroi.faces.portail.sans_seance.DossiersSansSeance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "beffroi.socle.guichet.gardees.PagesPrivees",
    # Connexion requise, sauf aux pages qui disent le contraire (`login_not_required`).
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "beffroi.faces.portail.fichiers_en_cours.FichiersEnCours",
    # La garde CSRF lit l'envoi : ce qui n'est pas attendu, ou d'une personne inconnue, est refusé
    # avant elle.
    "beffroi.faces.portail.envois_attendus.EnvoisAttendus",
    "django.middleware.csrf.CsrfViewMiddleware",
    "beffroi.personnes.comptes.patience.BilletsPresentes",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "beffroi.personnes.organismes.middleware.SecondFacteurDesAgents",
    "beffroi.personnes.organismes.inactivite.InactiviteDesAgents",
    "beffroi.garde.conformite.middleware.AccesRefuses",
    "beffroi.faces.portail.middleware.PagesDErreur",
    "beffroi.reponse.traces.middleware.PagesDesTentatives",
    "beffroi.faces.api.middleware.ProblemesDeLApi",
]

ADAPTATEURS = adapters.ADAPTATEURS
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DATABASES = {
    "default": depuis_adresse(
        env_secret(
            "BEFFROI_BASE_DE_DONNEES", "", "Adresse de la base ; vide : SQLite dans les données."
        ),
        dossier=DONNEES,
    )
}
if ESPACE and VARIABLES["BEFFROI_BASE_DE_DONNEES"].brute():
    raise ReglageIllisible(
        "Un espace d'essai a sa propre base : "
        "BEFFROI_BASE_DE_DONNEES ne se donne pas avec BEFFROI_ESPACE."
    )
# Ce qui se compte, tous les nœuds ensemble ; ce qui n'est qu'une mémoire, chaque processus.
CACHES = {
    "default": {"BACKEND": "beffroi.socle.budgets.compteurs.Compteurs"},
    "memoire": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "beffroi.faces.portail.contexte.page",
            ],
        },
    }
]
FORM_RENDERER = "beffroi.faces.portail.rendu.RenduBeffroi"
CSRF_FAILURE_VIEW = "beffroi.faces.portail.erreurs.formulaire_perime"

# ---------------------------------------------------------------- comptes
SERVEURS_FRONTAUX = env_texte(
    "BEFFROI_SERVEURS_FRONTAUX",
    "",
    (
        "Nombre de serveurs frontaux (nginx) entre le public et la plateforme ; à dire en https, "
        "0 compris : c'est ainsi que se reconnaît le réseau d'un visiteur."
    ),
)
if not SERVEURS_FRONTAUX.isdecimal() and SERVEURS_FRONTAUX:
    raise ReglageIllisible(
        f"BEFFROI_SERVEURS_FRONTAUX vaut « {SERVEURS_FRONTAUX} » : écrivez un nombre entier."
    )
ALLAUTH_TRUSTED_PROXY_COUNT = int(SERVEURS_FRONTAUX or 0)
MOTS_DE_PASSE_VOLES = env_chemin(
    "BEFFROI_MOTS_DE_PASSE_VOLES",
    (
        "Liste triée de SHA-1 de mots de passe publiés dans des fuites (« Have I Been Pwned ») ; "
        "vide : seuls les plus courants sont refusés."
    ),
)
MFA_TOTP_ISSUER = SERVICE["nom"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not EN_HTTPS
# Vingt heures au moins, pour qui n'est pas prévenu avant la fin (RGAA 13.1) :
# une entreprise prépare longtemps.
SESSION_COOKIE_AGE = 20 * 3600
SESSION_ENGINE = "beffroi.personnes.comptes.connexions"
INACTIVITE_DES_AGENTS_MIN = env_entier(
    "BEFFROI_INACTIVITE_DES_AGENTS",
    "30",
    (
        "Minutes sans activité après lesquelles la séance d'un agent se ferme ; 0 : jamais. "
        "Une entreprise n'est pas visée."
    ),
)
DUREE_DES_INTERVENTIONS_MIN = env_entier(
    "BEFFROI_DUREE_DES_INTERVENTIONS",
    "120",
    (
        "Minutes proposées pour une intervention du centre chez un organisme : 30, 60, 120, "
        "240 ou 480, qui est la plus longue."
    ),
)
if ESPACE == "ecole":
    # Trente minutes y passent en une seconde.
    INACTIVITE_DES_AGENTS_MIN = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = EN_HTTPS
SESSION_COOKIE_HTTPONLY = True
# Deux plateformes d'une même machine ne se prennent jamais leurs séances.
PREFIXE_DES_COOKIES = "__Host-" if EN_HTTPS else ""
SESSION_COOKIE_NAME = f"{PREFIXE_DES_COOKIES}session{SUFFIXE_DE_L_ESPACE}"
CSRF_COOKIE_NAME = f"{PREFIXE_DES_COOKIES}csrftoken{SUFFIXE_DE_L_ESPACE}"

# ---------------------------------------------------------------- sécurité des pages
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if EN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = EN_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if EN_HTTPS else None
X_FRAME_OPTIONS = "DENY"

# ---------------------------------------------------------------- stockage des fichiers
STOCKAGE: dict[str, Any] = {
    "sorte": env_texte("BEFFROI_STOCKAGE", "fichiers", "fichiers (disque local) ou s3."),
    "dossier": DONNEES / "fichiers",
    "disque": "beffroi.service.essai.plafond.DisquePlafonne"
    if ESPACE
    else "beffroi.socle.fondations.stockage.local.LocalStore",
    "adresse": env_texte("BEFFROI_S3_ADRESSE", "", "Adresse du service S3, pour les serveurs."),
    "adresse_publique": env_texte(
        "BEFFROI_S3_ADRESSE_PUBLIQUE",
        "",
        "La même chose, vue du public : où son navigateur envoie et lit ; vide : la même adresse.",
    ),
    "region": env_texte("BEFFROI_S3_REGION", "eu-west-1", "Région S3."),
    "compartiment": env_texte("BEFFROI_S3_COMPARTIMENT", "beffroi", "Compartiment S3 (bucket)."),
    "identifiant": env_secret("BEFFROI_S3_IDENTIFIANT", "", "Identifiant d'accès S3."),
    "cle": env_secret("BEFFROI_S3_CLE", "", "Clé d'accès S3."),
    # D'où elles viennent, quand c'est d'un fichier (`beffroi cles changer-stockage`).
    "acces": [fichier_de("BEFFROI_S3_IDENTIFIANT"), fichier_de("BEFFROI_S3_CLE")],
}
S3_DIRECT = STOCKAGE["sorte"] == "s3"

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "worker-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

# ---------------------------------------------------------------- horodatage et journal
HORODATAGE: dict[str, Any] = {
    "adresses": env_liste(
        "BEFFROI_TSA",
        "",
        "Adresses de services d'horodatage qualifiés (RFC 3161), dans l'ordre de préférence.",
    ),
    "sans_qualifie": env_bool(
        "BEFFROI_SANS_HORODATAGE_QUALIFIE",
        "non",
        (
            "Accepte de démarrer sans horodatage qualifié (annexe 7, art. 2 : "
            "à ne pas faire en production)."
        ),
    ),
    "racines": env_texte(
        "BEFFROI_TSA_RACINES",
        "",
        (
            "Fichier PEM des certificats racines à qui les jetons qualifiés doivent remonter "
            "(liste de confiance)."
        ),
    ),
    "budget_s": env_entier(
        "BEFFROI_TSA_BUDGET", "3", "Secondes accordées au service qualifié avant le différé."
    ),
    "cle": DONNEES / "cles" / "horodatage.pem",
    "precedentes": DONNEES / "cles" / "horodatages-precedents",
    "politique": env_texte(
        "BEFFROI_HORODATAGE_POLITIQUE",
        "",
        (
            "OID de la politique d'horodatage locale, dans l'arc de l'exploitant ; vide : "
            "1.3.6.1.4.1.99999.1.1, à personne."
        ),
    ),
}
# ---------------------------------------------------------------- signer ici
PKCS11 = {
    "module": env_texte(
        "BEFFROI_PKCS11_MODULE",
        "",
        (
            "Module PKCS#11 du jeton de signature branché au serveur (.so) ; vide : "
            "les contrats s'y signent par certificat seul."
        ),
    ),
    "jeton": env_texte(
        "BEFFROI_PKCS11_JETON", "", "Nom (label) de ce jeton, s'il y en a plusieurs."
    ),
    "certificat": env_texte(
        "BEFFROI_PKCS11_CERTIFICAT",
        "",
        "Identifiant du certificat sur ce jeton, en hexadécimal, s'il en porte plusieurs.",
    ),
}
ANTIVIRUS = antivirus.ANTIVIRUS
COFFRE = coffre.COFFRE
METRIQUES = metriques.metriques(DONNEES)
TRACES = traces.TRACES
JOURNAL: dict[str, Any] = {
    "origine": f"{ESPACE}." * bool(ESPACE)
    + env_texte("BEFFROI_JOURNAL_ORIGINE", "beffroi.localhost/journal", "Nom du journal (C2SP)."),
    "cle": DONNEES / "cles" / "journal.txt",
    "temoins": env_liste(
        "BEFFROI_TEMOINS",
        "",
        (
            "Témoins du journal (C2SP tlog-witness), « clé adresse » séparés par des virgules ; "
            "vide : aucun."
        ),
    ),
}

# ---------------------------------------------------------------- courriel
COURRIEL = env_texte(
    "BEFFROI_COURRIEL", "smtp", "smtp (serveur de courriel) ou fichiers (dossier des données)."
)
AVANT_UN_COURRIEL = {"sujet": "", "texte": ""}
if ESPACE:
    # Aucun courriel ne sort d'un espace d'essai : il se lit sur place, et dit ce qu'il est.
    COURRIEL = "fichiers"
    AVANT_UN_COURRIEL["sujet"] = "ESSAI : "
    AVANT_UN_COURRIEL["texte"] = (
        "ESSAI : ce courriel vient de l'espace d'essai. Rien de ce qu'il dit n'a eu lieu.\n\n"
    )
MAILERS = {
    "default": {
        "BACKEND": "beffroi.integrations.smtp.adapter.EnvoiUneFois",
        "OPTIONS": courriels.SMTP,
    }
    if COURRIEL == "smtp"
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DONNEES / "courriels")},
    }
}
DEFAULT_FROM_EMAIL = env_texte(
    "BEFFROI_EXPEDITEUR", "ne-pas-repondre@beffroi.example", "Expéditeur."
)

BOITE_DES_COURRIELS, PAGE_D_ETAT = assistance.BOITE, assistance.PAGE_D_ETAT
ARCHIVES, SERVICE_D_ARCHIVAGE = archives.ARCHIVES, archives.SERVICE_D_ARCHIVAGE
DELAIS_D_ASSISTANCE, REPONDRE, TELEASSISTANCE = (
    assistance.DELAIS,
    assistance.REPONDRE,
    assistance.TELEASSISTANCE,
)
HOMOLOGATION, LOCALISATION = conformite.HOMOLOGATION, conformite.LOCALISATION
FIL_DE_SECURITE = conformite.FIL_DE_SECURITE

TASKS = {
    "default": {"BACKEND": "beffroi.socle.fondations.taches.FileDurable", "QUEUES": ["default"]}
}

# ---------------------------------------------------------------- langue et temps
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

# Les essais comparent chaque requête préparée à l'ordinaire (`fondations.requetes`).
REQUETES_VERIFIEES = 0

STATIC_URL = "/statique/"
STATIC_ROOT = DONNEES / "statique"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "beffroi.faces.portail.theme_servi.Theme",
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# Une partie scellée fait 8 Mio : rien d'autre n'a de raison d'approcher cette taille en mémoire.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Aucun fichier ne se pose sur le disque, sauf à la page qui en attend un (`guichet.envois`).
FILE_UPLOAD_HANDLERS = ["beffroi.socle.guichet.envois.AucunFichier"]
DATA_UPLOAD_MAX_NUMBER_FILES = 3

LOGGING, JOURNAUX = journaux.LOGGING, journaux.JOURNAUX
