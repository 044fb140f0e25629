"""La politique de sécurité des pages de dépôt :
nous-mêmes, et l'origine du stockage de l'exploitant. Rien d'autre.
"""

from urllib.parse import urlsplit

from django.conf import settings

from beffroi.socle.fondations.stockage.adresses import adresse_du_public


def csp_du_depot() -> dict[str, list[str]]:
    """À passer à `csp_override` sur les pages de dépôt."""
    politique = {directive: list(sources) for directive, sources in settings.SECURE_CSP.items()}
    if settings.S3_DIRECT:
        politique["connect-src"] = [*politique["connect-src"], origine(settings.STOCKAGE)]
    return politique


def origine(reglages: dict[str, object]) -> str:
    """L'origine du stockage vu du public, telle qu'une politique de sécurité la nomme."""
    parties = urlsplit(adresse_du_public(reglages))
    return f"{parties.scheme}://{parties.netloc}"
