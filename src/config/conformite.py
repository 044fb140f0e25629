"""Les réglages de la conformité :
la décision d'homologation, et où l'exploitant atteste que sont les serveurs.
"""

from config.env import env_bool, env_liste, env_texte

FIL_DE_SECURITE = env_bool(
    "BEFFROI_FIL_DE_SECURITE",
    "non",
    "Écrit aussi chaque trace de sécurité sur la sortie d'erreur, une ligne de JSON chacune.",
)
HOMOLOGATION = {
    "le": env_texte(
        "BEFFROI_HOMOLOGUEE_LE",
        "",
        "Jour de la décision d'homologation (AAAA-MM-JJ). Vide : aucune.",
    ),
    "jusqu_au": env_texte(
        "BEFFROI_HOMOLOGUEE_JUSQU_AU", "", "Dernier jour de l'homologation (AAAA-MM-JJ)."
    ),
    "autorite": env_texte(
        "BEFFROI_AUTORITE_D_HOMOLOGATION", "", "Qui a signé la décision : nom et qualité."
    ),
}
LOCALISATION = {
    "lieux": env_liste(
        "BEFFROI_LIEUX",
        "",
        (
            "Pays de chaque serveur à qui la plateforme parle, attesté par l'exploitant : hote=FR, "
            "séparés par des virgules."
        ),
    ),
    "le": env_texte(
        "BEFFROI_LIEUX_ATTESTES_LE", "", "Jour de cette attestation (AAAA-MM-JJ). Vide : aucune."
    ),
    "par": env_texte("BEFFROI_LIEUX_ATTESTES_PAR", "", "Qui atteste : nom et qualité."),
}
