"""D'où vient un visiteur que rien ne nomme : une empreinte de son réseau, jamais son adresse."""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Un abonné reçoit d'ordinaire tout un /64 : y changer d'adresse ne fait pas un autre visiteur.
PREFIXE_IPV6 = 64
SEL = "beffroi.budgets"


def empreinte_du_reseau(request: HttpRequest) -> str:
    """Sans la clé du service, elle ne redonne pas l'adresse."""
    return empreinte(reseau(request))


def reseau(request: HttpRequest) -> str:
    """Le réseau lui-même, pour qui le compte sans le garder ; vide s'il n'est pas connu.

    Un frontal mal réglé met tout le monde dans le même.
    """
    try:
        lue = ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    return str(
        ip_network((lue, PREFIXE_IPV6), strict=False) if isinstance(lue, IPv6Address) else lue
    )


def empreinte(de: str) -> str:
    """D'un réseau, ou d'un lien : de quoi les distinguer, rien de plus."""
    return salted_hmac(SEL, de, algorithm="sha256").hexdigest()
