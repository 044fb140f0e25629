"""La publicité d'une consultation et chaque avis, pour l'acheteur que l'assistance aide."""

from collections.abc import Iterator
from functools import partial

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EcranAMontrer
from beffroi.publicite.avis.queries import avis_de
from beffroi.publicite.avis.views import ecriture
from beffroi.publicite.avis.views import publicite as page


def publicite(consultation: Consultation) -> Iterator[EcranAMontrer]:
    reference = consultation.reference
    composer = partial(page.publicite, reference=reference)
    yield EcranAMontrer("publicite", "Sa publicité", composer)
    for ecrit in avis_de(consultation):
        composer = partial(ecriture.avis, reference=reference, avis=ecrit.reference)
        yield EcranAMontrer(ecrit.reference, f"Son avis {ecrit.reference}", composer)
