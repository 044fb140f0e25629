"""Les liens des courriels : signés, sans compte. Chacun ne sert qu'à une chose."""

from collections.abc import Iterable

from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.socle.fondations import liens_signes
from beffroi.socle.fondations.adresses import lien_vers

CONFIRMER, ARRETER, GERER = "confirmer", "arreter", "gerer"


def jeton(usage: str, reference: str) -> str:
    return liens_signes.jeton_de(reference, usage=f"beffroi.abonnements.{usage}")


def reference_de(usage: str, jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=f"beffroi.abonnements.{usage}")


def lien_de_confirmation(suivi: Suivi) -> str:
    return lien_vers("abonnements:confirmer", jeton(CONFIRMER, suivi.reference))


def lien_d_arret(suivi: Suivi) -> str:
    return lien_vers("abonnements:arreter", jeton(ARRETER, suivi.reference))


def lien_d_arret_du_resume(adresse: AdresseAbonnee, genres: Iterable[str]) -> str:
    """Arrête ce qu'un résumé annonce :
    les suivis quotidiens de ces genres (« consultation »), et aucun autre.
    """
    return lien_vers(
        "abonnements:arreter", jeton(ARRETER, f"{adresse.reference}.{','.join(sorted(genres))}")
    )


def lien_de_gestion(adresse: AdresseAbonnee) -> str:
    return lien_vers("abonnements:gerer", jeton(GERER, adresse.reference))
