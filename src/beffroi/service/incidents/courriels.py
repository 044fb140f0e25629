"""Ce qui s'écrit à l'acheteur :
un incident a touché sa consultation, et ce que le centre lui propose.
"""

from datetime import datetime

from beffroi.personnes.organismes.queries import publieurs
from beffroi.service.incidents.models import Proposition
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from formats.dates import jour_et_heure_limite


def proposee(proposition: Proposition, *, maintenant: datetime) -> None:
    consultation = proposition.consultation
    ecrire_a_chacun(
        publieurs(consultation.organisme, maintenant),
        cle=f"incident/{proposition.reference}/",
        sujet=f"{consultation.titre} : un incident avant votre heure limite",
        gabarit="incidents/courriels/proposee.txt",
        contexte={
            "proposition": proposition,
            "consultation": consultation,
            "ancienne": jour_et_heure_limite(proposition.ancienne_limite),
            "nouvelle": jour_et_heure_limite(proposition.nouvelle_limite),
            "adresse": lien_vers("incidents:chez_l_acheteur", consultation.reference),
        },
        maintenant=maintenant,
    )
