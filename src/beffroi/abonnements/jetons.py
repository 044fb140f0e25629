"""Les liens des courriels : signés, sans compte. Chacun ne sert qu'à une chose."""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.urls import reverse

from beffroi.abonnements.models import AdresseAbonnee, Suivi
from beffroi.socle.erreurs import Introuvable

CONFIRMER, ARRETER, GERER = "confirmer", "arreter", "gerer"


def jeton(usage: str, reference: str) -> str:
    return signing.Signer(salt=f"beffroi.abonnements.{usage}").sign(reference)


def reference_de(usage: str, jeton: str) -> str:
    """La référence que ce lien désigne ; un lien altéré, ou fait pour autre chose, est introuvable."""
    try:
        return signing.Signer(salt=f"beffroi.abonnements.{usage}").unsign(jeton)
    except signing.BadSignature:
        raise Introuvable("Ce lien est incomplet. Copiez-le en entier depuis le courriel.") from None


def lien_de_confirmation(suivi: Suivi) -> str:
    return _adresse("abonnements:confirmer", jeton(CONFIRMER, suivi.reference))


def lien_d_arret(suivi: Suivi) -> str:
    return _adresse("abonnements:arreter", jeton(ARRETER, suivi.reference))


def lien_d_arret_du_resume(adresse: AdresseAbonnee, genres: Iterable[str]) -> str:
    """Arrête ce qu'un résumé annonce : les suivis quotidiens de ces genres (« consultation »), et aucun autre."""
    return _adresse("abonnements:arreter", jeton(ARRETER, f"{adresse.reference}.{','.join(sorted(genres))}"))


def lien_de_gestion(adresse: AdresseAbonnee) -> str:
    return _adresse("abonnements:gerer", jeton(GERER, adresse.reference))


def _adresse(nom: str, jeton: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=[jeton])}"
