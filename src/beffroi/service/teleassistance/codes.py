"""Le code dicté : six chiffres tirés de la référence par la clé du service.

Il n'est écrit nulle part.
"""

from django.core import signing
from django.utils.crypto import salted_hmac

from beffroi.service.teleassistance.models import AccordEnAttente, Partage
from beffroi.socle.fondations.erreurs import Introuvable

_SEL = "beffroi.teleassistance"
_SIGNATURE = signing.Signer(salt=f"{_SEL}.fenetre")


def code_de(reference: str) -> str:
    """Sans la clé du service, la référence ne le donne pas ;
    avec elle, il se réaffiche sans être gardé.
    """
    empreinte = salted_hmac(f"{_SEL}.code", reference, algorithm="sha256").hexdigest()
    return f"{int(empreinte, 16) % 10**6:06d}"


def jeton_de(partage: Partage | AccordEnAttente) -> str:
    """L'adresse de la fenêtre de partage : signée, elle ne se fabrique pas depuis une référence."""
    return _SIGNATURE.sign(partage.reference)


def reference_de(jeton: str) -> str:
    try:
        return _SIGNATURE.unsign(jeton)
    except signing.BadSignature:
        raise Introuvable() from None
