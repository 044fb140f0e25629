"""Le lien qu'un courriel porte à qui n'a pas de compte :
une référence signée, qui ne vaut que pour l'usage qui l'a signée.
"""

from django.core import signing

from beffroi.socle.fondations.erreurs import Introuvable


def jeton_de(reference: str, *, usage: str) -> str:
    return signing.Signer(salt=usage).sign(reference)


def reference_de(jeton: str, *, usage: str) -> str:
    """La référence que ce lien désigne ; altéré, ou fait pour autre chose, il est introuvable."""
    try:
        return signing.Signer(salt=usage).unsign(jeton)
    except signing.BadSignature:
        raise Introuvable(
            "Ce lien est incomplet. Copiez-le en entier depuis le courriel."
        ) from None
