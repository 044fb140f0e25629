"""Les réglages de la sonde : à quel pas elle dépose, où, et contre quelles horloges elle compare la nôtre."""

from typing import Any

from beffroi.socle.reglages import ReglageIllisible
from config.env import env_chemin, env_entier, env_liste, env_texte

PERIODE_S = env_entier("BEFFROI_SONDE_PERIODE", "60", "Secondes entre deux dépôts d'essai de la sonde ; 60 au moins.")
if PERIODE_S < 60:
    # Le registre lui garde soixante-quatre lignes par heure : plus vite, la tête publique suivrait l'activité (ADR 0039).
    raise ReglageIllisible(f"BEFFROI_SONDE_PERIODE vaut {PERIODE_S} : écrivez 60 ou plus.")

TEMOIN_DE_SAUVEGARDE = env_chemin(
    "BEFFROI_TEMOIN_DE_SAUVEGARDE",
    "Fichier que l'outil de sauvegarde touche quand elle a réussi : la supervision en dit l'âge ; vide : âge inconnu.",
)
SONDE: dict[str, Any] = {
    "periode_s": PERIODE_S,
    "adresse": env_texte(
        "BEFFROI_SONDE_ADRESSE", "", "Adresse par où la sonde dépose ; vide : l'adresse publique, comme une entreprise."
    ),
    "horloges": env_liste(
        "BEFFROI_HORLOGES",
        "",
        "Horloges auxquelles comparer celle du serveur : ntp:serveur (SNTP) ou une adresse https (en-tête Date) ; "
        "vide : l'écart n'est pas mesuré.",
    ),
    "seuil_ms": env_entier(
        "BEFFROI_SEUIL_D_HORLOGE", "1000", "Écart d'horloge, en millisecondes, au-delà duquel le centre est prévenu."
    ),
}
