"""Noter la clôture, et engager au journal combien de réponses étaient arrivées."""

from datetime import datetime

from django.db import transaction

from beffroi.consultations.models import Consultation
from beffroi.consultations.services import constater_la_cloture
from beffroi.depots.models import Pli
from beffroi.journal.acteurs import PLATEFORME
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def noter_la_cloture(*, consultation: Consultation, maintenant: datetime) -> Consultation:
    """L'heure limite est passée : le journal retient le nombre de réponses à temps (scellement, §10, étape 5).

    La feuille publique n'en est que l'empreinte, sous un aléa : elle engage le nombre sans le dire.
    """
    consultation = verrouiller(consultation)
    if consultation.etat != Consultation.Etat.PUBLIEE:
        return consultation
    a_temps = Pli.objects.filter(consultation=consultation, recu_le__lte=consultation.limite)
    nombres = {"plis": a_temps.count(), "retires": a_temps.filter(etat=Pli.Etat.RETIRE).count()}
    donnees = {"date_limite": consultation.limite.isoformat(), **nombres}
    return constater_la_cloture(consultation=consultation, par=PLATEFORME, maintenant=maintenant, donnees=donnees)
