"""Le lien de qui demande sans compte : signé, il ne montre que sa demande."""

from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations import liens_signes
from beffroi.socle.fondations.adresses import lien_vers

_USAGE = "beffroi.assistance.suivre"


def jeton_de(demande: Demande) -> str:
    return liens_signes.jeton_de(demande.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)


def lien_de(demande: Demande) -> str:
    """Avec un compte, la page de son espace ; sans, celle que le lien signé ouvre."""
    if demande.demandeur_id:
        return lien_vers("assistance:demande", demande.reference)
    return lien_vers("assistance:suivre", jeton_de(demande))
