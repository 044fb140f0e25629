"""Ce qu'un service exposé au public doit avoir réglé.

Sur sa propre machine (localhost), rien de cela n'est exigé.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.http.request import validate_host

LONGUEUR_D_UNE_CLE = 50
CHEZ_SOI = {"localhost", "127.0.0.1", "::1"}
HORS_DU_MONDE = (".example", ".localhost", ".invalid", ".test")


@register()
def adresse_publique(**_: Any) -> list[CheckMessage]:
    """L'adresse se lit, elle est servie, et rien n'y passe en clair."""
    hote = _hote()
    if hote is None:
        return [
            Error(
                f"BEFFROI_ADRESSE vaut « {settings.ADRESSE_PUBLIQUE} », qui n'est pas une adresse.",
                hint="Écrivez par exemple https://marches.centre-de-gestion.fr, sans barre finale.",
                id="socle.E001",
            )
        ]
    erreurs: list[CheckMessage] = []
    if not validate_host(hote, settings.ALLOWED_HOSTS):
        erreurs.append(
            Error(
                (
                    f"BEFFROI_HOTES ne contient pas {hote}, le nom de l'adresse publique : "
                    "aucune page ne serait servie."
                ),
                hint=f"Ajoutez {hote} à BEFFROI_HOTES.",
                id="socle.E002",
            )
        )
    if hote not in CHEZ_SOI and not settings.EN_HTTPS:
        erreurs.append(
            Error(
                (
                    "L'adresse publique n'est pas en https : "
                    "mots de passe et séances passeraient en clair."
                ),
                hint=f"Donnez BEFFROI_ADRESSE=https://{hote}, derrière un serveur frontal en TLS.",
                id="socle.E003",
            )
        )
    return erreurs


@register()
def serveurs_frontaux(**_: Any) -> list[CheckMessage]:
    """Derrière un serveur frontal, c'est lui que l'on voit : sans leur nombre, tous les visiteurs
    partageraient les essais manqués d'un seul réseau.
    """
    if _hote() in {None, *CHEZ_SOI} or not settings.EN_HTTPS or settings.SERVEURS_FRONTAUX:
        return []
    return [
        Error(
            (
                "BEFFROI_SERVEURS_FRONTAUX n'est pas dit : l'adresse est en https, donc derrière "
                "un serveur frontal, et tous les visiteurs sembleraient venir de lui."
            ),
            hint=(
                "Donnez leur nombre : 1 pour un nginx seul, 2 s'il en suit un autre ; 0 si rien "
                "ne se tient entre le public et la plateforme."
            ),
            id="socle.E009",
        )
    ]


@register()
def cle_secrete(**_: Any) -> list[CheckMessage]:
    """Une clé courte se devine ; elle protège les séances et chiffre les seconds facteurs."""
    if len(settings.SECRET_KEY) >= LONGUEUR_D_UNE_CLE:
        return []
    return [
        Error(
            (
                f"BEFFROI_CLE_SECRETE a {len(settings.SECRET_KEY)} signes : "
                f"il en faut au moins {LONGUEUR_D_UNE_CLE}."
            ),
            hint=(
                "Laissez-la vide : une clé est créée dans le dossier des données. "
                "Ou tirez-en une au hasard."
            ),
            id="socle.E004",
        )
    ]


@register()
def noms_d_emprunt(**_: Any) -> list[CheckMessage]:
    """Un nom d'essai ne s'expose pas :
    le registre garde le sien pour toujours, un courriel au sien est refusé.
    """
    if _hote() in {None, *CHEZ_SOI}:
        return []
    erreurs: list[CheckMessage] = []
    origine = settings.JOURNAL["origine"].partition("/")[0]
    if origine.endswith(HORS_DU_MONDE):
        erreurs.append(
            Error(
                (
                    f"Le registre s'appelle encore « {settings.JOURNAL['origine']} », "
                    "et ce nom ne change plus ensuite."
                ),
                hint=(
                    "Donnez BEFFROI_JOURNAL_ORIGINE, par exemple "
                    "marches.centre-de-gestion.fr/journal."
                ),
                id="socle.E005",
            )
        )
    if settings.COURRIEL == "smtp" and settings.DEFAULT_FROM_EMAIL.endswith(HORS_DU_MONDE):
        erreurs.append(
            Error(
                (
                    f"Les courriels partiraient de {settings.DEFAULT_FROM_EMAIL}, "
                    "une adresse qui n'existe pas."
                ),
                hint="Donnez BEFFROI_EXPEDITEUR.",
                id="socle.E006",
            )
        )
    return erreurs


@register()
def stockage(**_: Any) -> list[CheckMessage]:
    """Un stockage connu, et tout ce qu'il lui faut."""
    reglages = settings.STOCKAGE
    if reglages["sorte"] not in {"fichiers", "s3"}:
        return [
            Error(
                f"BEFFROI_STOCKAGE vaut « {reglages['sorte']} ».",
                hint="Écrivez fichiers, ou s3.",
                id="socle.E007",
            )
        ]
    noms = {
        "adresse": "ADRESSE",
        "compartiment": "COMPARTIMENT",
        "identifiant": "IDENTIFIANT",
        "cle": "CLE",
    }
    manquants = [f"BEFFROI_S3_{nom}" for champ, nom in noms.items() if not reglages[champ]]
    if reglages["sorte"] == "fichiers" or not manquants:
        return []
    return [
        Error(
            f"Le stockage S3 n'est pas réglé : il manque {', '.join(manquants)}.", id="socle.E008"
        )
    ]


def _hote() -> str | None:
    """Le nom de machine de l'adresse publique."""
    try:
        parties = urlsplit(settings.ADRESSE_PUBLIQUE)
    except ValueError:
        return None
    return parties.hostname if parties.scheme in {"http", "https"} else None
