"""Ce qui s'écrit à qui exerce ses droits : reçu, et jusqu'à quand ; prolongé, et pourquoi ; la réponse, et qui saisir."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.conformite.models import DemandeDeDroit
from beffroi.socle.erreurs import Introuvable
from beffroi.socle.services import ecrire_courriel
from droit.dates import en_toutes_lettres

_SIGNATURE = signing.Signer(salt="beffroi.conformite.suivre")


def recue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("recue", demande, "Votre demande sur vos données est reçue", maintenant=maintenant)


def prolongee(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("prolongee", demande, "Votre demande sur vos données demande plus de temps", maintenant=maintenant)


def repondue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("repondue", demande, "Réponse à votre demande sur vos données", maintenant=maintenant)


def _ecrire(gabarit: str, demande: DemandeDeDroit, sujet: str, *, maintenant: datetime) -> None:
    contexte = {
        "demande": demande,
        "avant": en_toutes_lettres(demande.repondre_avant),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{reverse('conformite:suivre', args=[jeton_de(demande)])}",
        "service": settings.SERVICE,
    }
    ecrire_courriel(
        cle=f"conformite/{gabarit}/{demande.reference}",
        destinataire=demande.courriel,
        sujet=f"[{demande.reference}] {sujet}",
        texte=render_to_string(f"conformite/courriels/{gabarit}.txt", contexte),
        maintenant=maintenant,
    )


def jeton_de(demande: DemandeDeDroit) -> str:
    return _SIGNATURE.sign(demande.reference)


def reference_de(jeton: str) -> str:
    """La référence que ce lien désigne ; altéré, il est introuvable."""
    try:
        return _SIGNATURE.unsign(jeton)
    except signing.BadSignature:
        raise Introuvable("Ce lien est incomplet. Copiez-le en entier depuis le courriel.") from None
