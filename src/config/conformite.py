"""Les réglages de la conformité : la décision d'homologation, que l'autorité du centre a prise ou non."""

from config.env import env_texte

HOMOLOGATION = {
    "le": env_texte("BEFFROI_HOMOLOGUEE_LE", "", "Jour de la décision d'homologation (AAAA-MM-JJ). Vide : aucune."),
    "jusqu_au": env_texte("BEFFROI_HOMOLOGUEE_JUSQU_AU", "", "Dernier jour de l'homologation (AAAA-MM-JJ)."),
    "autorite": env_texte("BEFFROI_AUTORITE_D_HOMOLOGATION", "", "Qui a signé la décision : nom et qualité."),
}
