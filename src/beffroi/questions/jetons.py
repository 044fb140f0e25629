"""Le lien de qui demande sans compte : signé, il ne sert qu'à ses questions sur une consultation."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from beffroi.questions.models import Demandeur
from beffroi.socle.erreurs import Introuvable

_SIGNATURE = signing.Signer(salt="beffroi.questions.sans_compte")


def jeton_de(demandeur: Demandeur) -> str:
    return _SIGNATURE.sign(demandeur.reference)


def reference_de(jeton: str) -> str:
    """La référence que ce lien désigne ; altéré, il est introuvable."""
    try:
        return _SIGNATURE.unsign(jeton)
    except signing.BadSignature:
        raise Introuvable("Ce lien est incomplet. Copiez-le en entier depuis le courriel.") from None


def lien_de(demandeur: Demandeur) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse('questions:sans_compte', args=[jeton_de(demandeur)])}"
