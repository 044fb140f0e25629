"""Noter la clôture, et engager au journal combien de réponses étaient arrivées."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from beffroi.consultations.models import Consultation
from beffroi.consultations.services import constater_la_cloture
from beffroi.depots.models import Pli
from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.models import Ecriture
from beffroi.journal.verification import Constat
from beffroi.socle.verrous import verrouiller

CLOTURES_PAR_RONDE = 50


def constater_les_clotures(le: datetime) -> None:
    """Ronde : note chaque heure limite passée. La clôture n'attend pas cette note : elle est un fait de dates."""
    passees = Consultation.toutes.filter(etat=Consultation.Etat.PUBLIEE, date_limite_remise__lt=le)
    for consultation in passees.order_by("date_limite_remise")[:CLOTURES_PAR_RONDE]:
        noter_la_cloture(consultation=consultation, maintenant=le)


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


def fautes_des_clotures() -> Iterator[Constat]:
    """Le nombre de réponses engagé à la clôture est celui des plis que la base garde."""
    for ecriture in Ecriture.objects.filter(acte="consultation.clore").order_by("numero").iterator(chunk_size=200):
        donnees = json.loads(ecriture.contenu)["donnees"]
        if "plis" not in donnees:
            continue
        limite = datetime.fromisoformat(donnees["date_limite"])
        a_temps = Pli.objects.filter(consultation__reference=ecriture.sujet, recu_le__lte=limite)
        if a_temps.count() != donnees["plis"]:
            yield Constat(
                f"{donnees['plis']} réponses étaient arrivées à la clôture, la base en garde {a_temps.count()}",
                bon=False,
                ou=f"depots_pli, consultation {ecriture.sujet}",
            )
