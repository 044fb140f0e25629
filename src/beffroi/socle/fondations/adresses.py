"""L'adresse entière d'une page : celle qu'un courriel ou un document donne, et qui s'ouvre."""

from django.conf import settings
from django.urls import reverse


def lien_vers(page: str, *arguments: str) -> str:
    """La page de ce nom, à l'adresse publique du service."""
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(page, args=arguments)}"
