"""Ce qui s'écrit à l'acheteur :
un incident a touché sa consultation, et ce que le centre lui propose.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.personnes.organismes.queries import publieurs
from beffroi.service.incidents.models import Proposition
from beffroi.socle.fondations.services import ecrire_courriel
from formats.dates import jour_et_heure_limite


def proposee(proposition: Proposition, *, maintenant: datetime) -> None:
    consultation = proposition.consultation
    contexte = {
        "proposition": proposition,
        "consultation": consultation,
        "ancienne": jour_et_heure_limite(proposition.ancienne_limite),
        "nouvelle": jour_et_heure_limite(proposition.nouvelle_limite),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}/consultations/{consultation.reference}/incident/",
        "service": settings.SERVICE,
    }
    texte = render_to_string("incidents/courriels/proposee.txt", contexte)
    sujet = f"{consultation.titre} : un incident avant votre heure limite"
    for personne in publieurs(consultation.organisme, maintenant):
        cle = f"incident/{proposition.reference}/{personne.reference}"
        ecrire_courriel(
            cle=cle, destinataire=personne.courriel, sujet=sujet, texte=texte, maintenant=maintenant
        )
