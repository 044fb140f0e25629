"""Les réglages des archives :
le service qui reçoit les versements, l'accord conclu, par où les paquets lui parviennent.
"""

from urllib.parse import urlsplit

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.env import env_secret, env_texte

ARCHIVES = {
    "service": env_texte(
        "BEFFROI_SERVICE_D_ARCHIVES",
        "FRAD062",
        "Identifiant du service d'archives à qui l'on verse (SEDA).",
    ),
    "accord": env_texte(
        "BEFFROI_ACCORD_DE_VERSEMENT", "", "Identifiant de l'accord de versement ; vide : aucun."
    ),
}
SERVICE_D_ARCHIVAGE = {
    "dossier": env_texte(
        "BEFFROI_ARCHIVAGE_DOSSIER",
        "",
        "Dossier d'échange où déposer les paquets versés ; vide : pas de dépôt par dossier.",
    ),
    "reponses": env_texte(
        "BEFFROI_ARCHIVAGE_REPONSES",
        "",
        "Dossier où le service d'archives écrit ses réponses ; vide : elles se déposent à l'écran.",
    ),
    "adresse": env_texte(
        "BEFFROI_ARCHIVAGE_ADRESSE",
        "",
        (
            "Adresse (https) du service qui reçoit les paquets versés ; vide : "
            "pas de dépôt par le réseau."
        ),
    ),
    "jeton": env_secret("BEFFROI_ARCHIVAGE_JETON", "", "Jeton d'accès à ce service."),
}
LOCALES = {"localhost", "127.0.0.1", "::1"}


def controler(reglages: dict[str, str]) -> None:
    """Un seul service, et jamais en clair : les réponses des entreprises y voyagent."""
    if reglages["dossier"] and reglages["adresse"]:
        raise ReglageIllisible(
            "BEFFROI_ARCHIVAGE_DOSSIER et BEFFROI_ARCHIVAGE_ADRESSE sont réglés tous les deux : "
            "gardez-en un."
        )
    lieu = urlsplit(reglages["adresse"])
    if (
        reglages["adresse"]
        and lieu.scheme != "https"
        and not (lieu.scheme == "http" and lieu.hostname in LOCALES)
    ):
        raise ReglageIllisible(
            "BEFFROI_ARCHIVAGE_ADRESSE doit commencer par https:// : "
            "les paquets ne voyagent pas en clair."
        )


controler(SERVICE_D_ARCHIVAGE)
