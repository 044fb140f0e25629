"""Le lien « Ce n'est pas moi » : signé pour une personne et un pli, il s'ouvre sans se connecter.

Qui a pris le compte de la personne en a peut-être changé le mot de passe ; il n'a pas sa boîte aux
lettres. Le lien ne donne rien à lire de plus que le courriel, et ne sait que suspendre.
"""

from dataclasses import dataclass

from django.core import signing

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable

SEL = "beffroi.depots.pas_moi"


@dataclass(frozen=True)
class PasMoi:
    """Qui le dit, et de quel pli."""

    pli: Pli
    personne: Utilisateur


def adresse_pour_contester(pli: Pli, personne: Utilisateur) -> str:
    """L'adresse complète à écrire dans le courriel de cette personne, et nulle part ailleurs."""
    return lien_vers("reponses:pas_moi", pli.reference, jeton(pli, personne))


def jeton(pli: Pli, personne: Utilisateur) -> str:
    return f"{personne.reference}~{_signataire().signature(_signe(pli.reference, personne))}"


def lire(reference: str, recu: str) -> PasMoi:
    """La personne et le pli que ce lien désigne ; tout autre lien est introuvable."""
    qui, _, signature = recu.partition("~")
    personne = Utilisateur.objects.filter(reference=qui, est_actif=True).first()
    pli = Pli.objects.filter(reference=reference).select_related("consultation", "equipe").first()
    try:
        if personne is None or pli is None:
            raise signing.BadSignature
        _signataire().unsign(f"{_signe(pli.reference, personne)}~{signature}")
    except signing.BadSignature:
        raise Introuvable(
            "Ce lien n'est pas entier. Recopiez-le depuis le courriel, sans rien en couper."
        ) from None
    return PasMoi(pli, personne)


def _signe(reference: str, personne: Utilisateur) -> str:
    return f"{reference}/{personne.reference}"


def _signataire() -> signing.Signer:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.Signer(salt=SEL, sep="~")
