"""Ce qu'un service exposé au public doit avoir réglé.

Sur sa propre machine (localhost), rien de cela n'est exigé.
"""

from importlib.util import find_spec
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
def nom_du_registre(**_: Any) -> list[CheckMessage]:
    """Il ne change plus dès la première écriture : « migrer » le refuse comme « serve »."""
    origine = settings.JOURNAL["origine"]
    if not origine or "+" in origine or any(map(str.isspace, origine)):
        return [
            Error(
                f"Le registre ne peut pas s'appeler « {origine} » : sa tête ne se lirait pas.",
                hint="Donnez à BEFFROI_JOURNAL_ORIGINE un nom sans espace ni « + ».",
                id="socle.E010",
            )
        ]
    if _hote() in {None, *CHEZ_SOI} or not origine.partition("/")[0].endswith(HORS_DU_MONDE):
        return []
    return [
        Error(
            f"Le registre s'appelle encore « {origine} », et ce nom ne change plus ensuite.",
            hint=(
                "Donnez BEFFROI_JOURNAL_ORIGINE, par exemple marches.centre-de-gestion.fr/journal."
            ),
            id="socle.E005",
        )
    ]


@register()
def expediteur(**_: Any) -> list[CheckMessage]:
    """Un courriel d'un nom d'essai est refusé partout."""
    emprunte = settings.COURRIEL == "smtp" and settings.DEFAULT_FROM_EMAIL.endswith(HORS_DU_MONDE)
    if _hote() in {None, *CHEZ_SOI} or not emprunte:
        return []
    return [
        Error(
            (
                f"Les courriels partiraient de {settings.DEFAULT_FROM_EMAIL}, "
                "une adresse qui n'existe pas."
            ),
            hint="Donnez BEFFROI_EXPEDITEUR.",
            id="socle.E006",
        )
    ]


@register()
def stockage_du_public(**_: Any) -> list[CheckMessage]:
    """Les entreprises y envoient leurs fichiers : en clair, on lirait leurs adresses signées."""
    reglages = settings.STOCKAGE
    adresse = reglages.get("adresse_publique") or reglages["adresse"]
    if reglages["sorte"] != "s3" or not adresse or _est_sure(adresse):
        return []
    nom = "PUBLIQUE" if reglages.get("adresse_publique") else ""
    return [
        Error(
            (
                f"Les navigateurs des entreprises enverraient leurs fichiers en clair, à {adresse} "
                f"(BEFFROI_S3_ADRESSE{'_' * bool(nom)}{nom})."
            ),
            hint=(
                "Donnez à BEFFROI_S3_ADRESSE_PUBLIQUE une adresse en https, que le public joint. "
                "Sur cette machine seule (localhost), le clair est admis."
            ),
            id="socle.E011",
        )
    ]


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


@register()
def traces(**_: Any) -> list[CheckMessage]:
    """Un collecteur réglé sans la bibliothèque, ou joint en clair hors de cette machine."""
    adresse = settings.TRACES["adresse"]
    if not adresse:
        return []
    if not _est_sure(adresse):
        return [
            Error(
                f"Les traces partiraient en clair, ou nulle part, vers « {adresse} ».",
                hint="Donnez à BEFFROI_TRACES une adresse en https, ou sur cette machine.",
                id="socle.E012",
            )
        ]
    if find_spec("opentelemetry") is not None:
        return []
    return [
        Error(
            "BEFFROI_TRACES nomme un collecteur, et la bibliothèque OpenTelemetry n'est pas là.",
            hint=(
                "Installez-la : « BEFFROI_EXTRAS=traces ./beffroi aide », en root ; ou videz "
                "BEFFROI_TRACES."
            ),
            id="socle.E013",
        )
    ]


def _hote() -> str | None:
    """Le nom de machine de l'adresse publique."""
    try:
        parties = urlsplit(settings.ADRESSE_PUBLIQUE)
    except ValueError:
        return None
    return parties.hostname if parties.scheme in {"http", "https"} else None


def _est_sure(adresse: str) -> bool:
    """En https, ou qui ne sort pas de cette machine."""
    try:
        parties = urlsplit(adresse)
    except ValueError:
        return False
    return bool(parties.hostname) and (parties.scheme == "https" or parties.hostname in CHEZ_SOI)
