"""Le lien de qui demande sans compte : signé, il ne montre que sa demande."""

from django.conf import settings
from django.urls import reverse

from beffroi.personnes.comptes import liens_signes
from beffroi.service.assistance.models import Demande

_USAGE = "beffroi.assistance.suivre"


def jeton_de(demande: Demande) -> str:
    return liens_signes.jeton_de(demande.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)


def lien_de(demande: Demande) -> str:
    """Avec un compte, la page de son espace ; sans, celle que le lien signé ouvre."""
    if demande.demandeur_id:
        chemin = reverse("assistance:demande", args=[demande.reference])
    else:
        chemin = reverse("assistance:suivre", args=[jeton_de(demande)])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"
