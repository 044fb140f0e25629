"""Le lien de qui demande sans compte : signé, il ne montre que sa demande."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from beffroi.assistance.models import Demande
from beffroi.socle.erreurs import Introuvable

_SIGNATURE = signing.Signer(salt="beffroi.assistance.suivre")


def jeton_de(demande: Demande) -> str:
    return _SIGNATURE.sign(demande.reference)


def reference_de(jeton: str) -> str:
    """La référence que ce lien désigne ; altéré, il est introuvable."""
    try:
        return _SIGNATURE.unsign(jeton)
    except signing.BadSignature:
        raise Introuvable("Ce lien est incomplet. Copiez-le en entier depuis le courriel.") from None


def lien_de(demande: Demande) -> str:
    """Avec un compte, la page de son espace ; sans, celle que le lien signé ouvre."""
    if demande.demandeur_id:
        chemin = reverse("assistance:demande", args=[demande.reference])
    else:
        chemin = reverse("assistance:suivre", args=[jeton_de(demande)])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"
