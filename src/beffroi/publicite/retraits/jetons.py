"""Le retirant suit ses téléchargements dans leur adresse, signé : ni cookie, ni compte."""

from django.core import signing

from beffroi.publicite.retraits.models import Retirant

PARAMETRE = "retrait"
_SIGNATURE = signing.Signer(salt="beffroi.retraits")


def jeton_de(retirant: Retirant) -> str:
    return _SIGNATURE.sign(retirant.reference)


def reference_de(jeton: str) -> str:
    """La référence du retirant ; rien si le jeton est absent ou altéré :
    le téléchargement est alors anonyme.
    """
    try:
        return _SIGNATURE.unsign(jeton)
    except signing.BadSignature:
        return ""
