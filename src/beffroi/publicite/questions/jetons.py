"""Le lien de qui demande sans compte :
signé, il ne sert qu'à ses questions sur une consultation.
"""

from beffroi.publicite.questions.models import Demandeur
from beffroi.socle.fondations import liens_signes
from beffroi.socle.fondations.adresses import lien_vers

_USAGE = "beffroi.questions.sans_compte"


def jeton_de(demandeur: Demandeur) -> str:
    return liens_signes.jeton_de(demandeur.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)


def lien_de(demandeur: Demandeur) -> str:
    return lien_vers("questions:sans_compte", jeton_de(demandeur))
