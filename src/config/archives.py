"""Les réglages des archives : le service qui reçoit les versements, et l'accord conclu avec lui."""

from config.env import env_texte

ARCHIVES = {
    "service": env_texte(
        "BEFFROI_SERVICE_D_ARCHIVES", "FRAD062", "Identifiant du service d'archives à qui l'on verse (SEDA)."
    ),
    "accord": env_texte("BEFFROI_ACCORD_DE_VERSEMENT", "", "Identifiant de l'accord de versement ; vide : aucun."),
}
