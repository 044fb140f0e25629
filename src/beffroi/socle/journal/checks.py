"""En production, pas d'horodatage qualifié, pas de service : l'annexe 7 l'exige.

Sauf à le dire expressément.
"""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from sceau import SealError, log


@register()
def horodatage_qualifie(**_: Any) -> list[CheckMessage]:
    """Une adresse qualifiée et ses racines de confiance, ou un renoncement écrit."""
    reglages = settings.HORODATAGE
    if reglages["adresses"] and not reglages["racines"]:
        return [
            Error(
                (
                    "BEFFROI_TSA est donnée sans BEFFROI_TSA_RACINES : "
                    "aucun jeton qualifié ne pourrait être vérifié."
                ),
                hint=(
                    "Donnez le fichier PEM des racines de votre prestataire, "
                    "tirées de la liste de confiance."
                ),
                id="journal.E002",
            )
        ]
    if reglages["adresses"]:
        return []
    if reglages["sans_qualifie"]:
        return []
    return [
        Error(
            "Aucun service d'horodatage qualifié n'est réglé (CCP, annexe 7, art. 2).",
            hint=(
                "Donnez BEFFROI_TSA et BEFFROI_TSA_RACINES, "
                "ou BEFFROI_SANS_HORODATAGE_QUALIFIE=oui pour un essai."
            ),
            id="journal.E001",
        )
    ]


@register()
def politique_locale(**_: Any) -> list[CheckMessage]:
    """Une politique est un OID : un jeton qui en porterait un autre ne se lirait pas."""
    politique = settings.HORODATAGE["politique"]
    if not politique or re.fullmatch(r"[0-2](\.(0|[1-9]\d*))+", politique):
        return []
    return [
        Error(
            f"BEFFROI_HORODATAGE_POLITIQUE vaut « {politique} », qui n'est pas un OID.",
            hint=(
                "Écrivez-le en chiffres et points, par exemple 1.3.6.1.4.1.VOTRE-ARC.1, "
                "ou laissez vide."
            ),
            id="journal.E003",
        )
    ]


@register()
def temoins_du_journal(**_: Any) -> list[CheckMessage]:
    """Un témoin se donne par sa clé et son adresse ;
    une clé mal recopiée ne vérifierait jamais rien.
    """
    return [
        Error(
            f"BEFFROI_TEMOINS : « {temoin} » n'est pas une clé de témoin suivie de son adresse.",
            hint=(
                "Écrivez la clé (nom+identifiant+base64) que le témoin publie, un espace, "
                "puis son adresse https."
            ),
            id="journal.E004",
        )
        for temoin in settings.JOURNAL["temoins"]
        if not est_un_temoin(temoin)
    ]


def est_un_temoin(texte: str) -> bool:
    cle, _, adresse = texte.partition(" ")
    try:
        return log.Verifier(cle).is_witness and adresse.strip().startswith(
            ("https://", "http://127.0.0.1")
        )
    except SealError:
        return False


@register(deploy=True)
def renoncement_en_production(**_: Any) -> list[CheckMessage]:
    """Le renoncement se voit dans `check --deploy`."""
    if settings.HORODATAGE["adresses"] or not settings.HORODATAGE["sans_qualifie"]:
        return []
    return [
        Warning(
            "Les récépissés n'auront pas d'horodatage qualifié (CCP, annexe 7, art. 2).",
            id="journal.W001",
        )
    ]
