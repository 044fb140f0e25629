"""L'écran d'une consultation, pour l'acheteur que l'assistance aide."""

from functools import partial

from beffroi.achat.consultations.ecrans.views import brouillon, suivi
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EcranAMontrer
from beffroi.achat.consultations.queries import NON_PUBLIEES


def consultation(regardee: Consultation) -> list[EcranAMontrer]:
    """Le brouillon, ou le suivi une fois publiée."""
    vue = brouillon.preparer if regardee.etat in NON_PUBLIEES else suivi.suivre
    composer = partial(vue, reference=regardee.reference)
    return [EcranAMontrer("consultation", "Sa consultation", composer)]
