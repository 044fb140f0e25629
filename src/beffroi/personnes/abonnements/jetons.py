"""Les liens des courriels : signés, sans compte. Chacun ne sert qu'à une chose."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.personnes.comptes import liens_signes

CONFIRMER, ARRETER, GERER = "confirmer", "arreter", "gerer"


def jeton(usage: str, reference: str) -> str:
    return liens_signes.jeton_de(reference, usage=f"beffroi.abonnements.{usage}")


def reference_de(usage: str, jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=f"beffroi.abonnements.{usage}")


def lien_de_confirmation(suivi: Suivi) -> str:
    return _adresse("abonnements:confirmer", jeton(CONFIRMER, suivi.reference))


def lien_d_arret(suivi: Suivi) -> str:
    return _adresse("abonnements:arreter", jeton(ARRETER, suivi.reference))


def lien_d_arret_du_resume(adresse: AdresseAbonnee, genres: Iterable[str]) -> str:
    """Arrête ce qu'un résumé annonce :
    les suivis quotidiens de ces genres (« consultation »), et aucun autre.
    """
    return _adresse(
        "abonnements:arreter", jeton(ARRETER, f"{adresse.reference}.{','.join(sorted(genres))}")
    )


def lien_de_gestion(adresse: AdresseAbonnee) -> str:
    return _adresse("abonnements:gerer", jeton(GERER, adresse.reference))


def _adresse(nom: str, jeton: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=[jeton])}"
