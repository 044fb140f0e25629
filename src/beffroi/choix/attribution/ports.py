"""Ce que l'attribution attend d'un contexte plus haut :
si le contrat d'un lot est déjà conclu, s'il est notifié.
"""

from datetime import date

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.ports import port


@port("attribution.ContratsConclus")
def contrat_conclu(consultation: Consultation, lot: int | None) -> str:
    """Le numéro du contrat signé de ce lot, ou rien.

    Signé, un contrat lie l'acheteur : une autre décision ne le défait pas.
    """


@port("attribution.ContratsNotifies")
def contrat_notifie_le(pli: Pli, lot: int | None) -> date | None:
    """Le jour où le titulaire a reçu la notification du contrat né de cette réponse, ou rien."""
