"""L'adresse entière d'une page : celle qu'un courriel ou un document donne, et qui s'ouvre.

Et ce qui désigne un objet quand les adresses changent.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

# L'année où ce nom d'identifiants a été fixé (RFC 4151) : elle ne change plus.
_ORIGINE = "2026"


def lien_vers(page: str, *arguments: str) -> str:
    """La page de ce nom, à l'adresse publique du service."""
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(page, args=arguments)}"


def adresse_publique() -> str:
    """Celle du service, sans barre à la fin."""
    return str(settings.ADRESSE_PUBLIQUE).removesuffix("/")


def identifiant_durable(objet: str) -> str:
    """Un identifiant qui ne dépend ni du chemin ni de la page :
    il survit à une refonte des adresses.
    """
    return f"tag:{urlsplit(adresse_publique()).hostname},{_ORIGINE}:{objet}"
