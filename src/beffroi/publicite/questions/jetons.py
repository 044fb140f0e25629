"""Le lien de qui demande sans compte :
signé, il ne sert qu'à ses questions sur une consultation.
"""

from django.conf import settings
from django.urls import reverse

from beffroi.personnes.comptes import liens_signes
from beffroi.publicite.questions.models import Demandeur

_USAGE = "beffroi.questions.sans_compte"


def jeton_de(demandeur: Demandeur) -> str:
    return liens_signes.jeton_de(demandeur.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)


def lien_de(demandeur: Demandeur) -> str:
    return (
        f"{settings.ADRESSE_PUBLIQUE}{reverse('questions:sans_compte', args=[jeton_de(demandeur)])}"
    )
