"""Les réglages de la sonde :
à quel pas elle dépose, où, et contre quelles horloges elle compare la nôtre.
"""

import re
from typing import Any

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.env import env_chemin, env_entier, env_liste, env_secret, env_texte

PERIODE_S = env_entier(
    "BEFFROI_SONDE_PERIODE", "60", "Secondes entre deux dépôts d'essai de la sonde ; 60 au moins."
)
if PERIODE_S < 60:
    # Le registre lui garde soixante-quatre lignes par heure :
    # plus vite, la tête publique suivrait l'activité (ADR 0039).
    raise ReglageIllisible(f"BEFFROI_SONDE_PERIODE vaut {PERIODE_S} : écrivez 60 ou plus.")

# Les requêtes qu'un processus web tient à la fois.
# Sans serveur frontal, cent envois lents ne doivent pas en priver les pages.
FILS = 64
JETON_AU_MOINS = 32
NOM_DE_SONDE = re.compile(r"[a-z0-9-]{1,40}")


def sondes_exterieures(dites: str) -> dict[str, str]:
    """« nom=jeton, autre=jeton » : qui peut remettre ses mesures, et sous quel nom."""
    connues: dict[str, str] = {}
    for une in filter(None, (morceau.strip() for morceau in dites.split(","))):
        nom, _, jeton = une.partition("=")
        if (
            not NOM_DE_SONDE.fullmatch(nom)
            or len(jeton) < JETON_AU_MOINS
            or nom in connues
            or jeton in connues.values()
        ):
            raise ReglageIllisible(
                "BEFFROI_SONDES_EXTERIEURES : écrivez nom=jeton, séparés par des virgules ; "
                "un nom en minuscules, chiffres et "
                f"traits d'union, un jeton de {JETON_AU_MOINS} signes au moins, chacun une fois."
            )
        connues[nom] = jeton
    return connues


EXTERIEURES = sondes_exterieures(
    env_secret(
        "BEFFROI_SONDES_EXTERIEURES",
        "",
        (
            "Sondes d'ailleurs qui remettent leurs mesures : nom=jeton, "
            "séparées par des virgules ; vide : aucune."
        ),
    )
)
TEMOIN_DE_SAUVEGARDE = env_chemin(
    "BEFFROI_TEMOIN_DE_SAUVEGARDE",
    (
        "Fichier que l'outil de sauvegarde touche quand elle a réussi : "
        "la supervision en dit l'âge ; vide : âge inconnu."
    ),
)
SONDE: dict[str, Any] = {
    "periode_s": PERIODE_S,
    "adresse": env_texte(
        "BEFFROI_SONDE_ADRESSE",
        "",
        "Adresse par où la sonde dépose ; vide : l'adresse publique, comme une entreprise.",
    ),
    "horloges": env_liste(
        "BEFFROI_HORLOGES",
        "",
        "Horloges auxquelles comparer celle du serveur : "
        "ntp:serveur (SNTP) ou une adresse https (en-tête Date) ; "
        "vide : l'écart n'est pas mesuré.",
    ),
    "seuil_ms": env_entier(
        "BEFFROI_SEUIL_D_HORLOGE",
        "1000",
        "Écart d'horloge, en millisecondes, au-delà duquel le centre est prévenu.",
    ),
}
