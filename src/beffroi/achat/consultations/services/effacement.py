"""Une consultation rendue à l'acheteur, dont les pièces s'effacent d'ici."""

from collections.abc import Iterable
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.socle.fondations.verrous import verrouiller


def noter_l_effacement(consultations: Iterable[Consultation], *, maintenant: datetime) -> None:
    """Dans la transaction de l'acte qui les efface, que le journal retient :
    leurs adresses diront où demander.
    """
    for consultation in consultations:
        tenue = verrouiller(consultation)
        if tenue.effacee_le is None:
            tenue.effacee_le = maintenant
            tenue.save(update_fields=["effacee_le"])
