"""Noter la clôture, et engager au journal combien de réponses étaient arrivées."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from beffroi.consultations.models import Consultation
from beffroi.consultations.services import constater_la_cloture
from beffroi.depots.models import Pli
from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.models import Ecriture
from beffroi.journal.verification import Constat
from beffroi.socle.verrous import verrouiller
from beffroi.tours.models import Tour
from beffroi.tours.services import noter_la_cloture_du_tour

CLOTURES_PAR_RONDE = 50
# Une réponse reçue à temps peut attendre un verrou avant de s'inscrire (`config.base_de_donnees`) : la compter d'abord serait
# engager un nombre trop petit, que la relecture du registre démentirait.
ATTENTE_DES_DERNIERES = timedelta(seconds=35)


def constater_les_clotures(le: datetime) -> None:
    """Ronde : note chaque heure limite passée. La clôture n'attend pas cette note : elle est un fait de dates."""
    avant = le - ATTENTE_DES_DERNIERES
    passees = Consultation.toutes.filter(etat=Consultation.Etat.PUBLIEE, date_limite_remise__lt=avant)
    for consultation in passees.order_by("date_limite_remise")[:CLOTURES_PAR_RONDE]:
        noter_la_cloture(consultation=consultation, maintenant=le)
    finis = Tour.objects.filter(clos_le=None, date_limite__lt=avant)
    for tour in finis.order_by("date_limite")[:CLOTURES_PAR_RONDE]:
        noter_la_fin_du_tour(tour=tour, maintenant=le)


@transaction.atomic
def noter_la_cloture(*, consultation: Consultation, maintenant: datetime) -> Consultation:
    """L'heure limite est passée : le journal retient le nombre de réponses à temps (scellement, §10, étape 5).

    La feuille publique n'en est que l'empreinte, sous un aléa : elle engage le nombre sans le dire.
    """
    consultation = verrouiller(consultation)
    if consultation.etat != Consultation.Etat.PUBLIEE:
        return consultation
    a_temps = Pli.objects.filter(consultation=consultation, tour=None, recu_le__lte=consultation.limite)
    donnees = {"date_limite": consultation.limite.isoformat(), **nombres_de(a_temps)}
    return constater_la_cloture(consultation=consultation, par=PLATEFORME, maintenant=maintenant, donnees=donnees)


@transaction.atomic
def noter_la_fin_du_tour(*, tour: Tour, maintenant: datetime) -> Tour:
    """Le même engagement, pour les offres d'un tour ; un report accordé à l'instant attend."""
    tour = verrouiller(tour, avec=("consultation__organisme",))
    if maintenant <= tour.date_limite:
        return tour
    a_temps = Pli.objects.filter(tour=tour, recu_le__lte=tour.date_limite)
    donnees = {"date_limite": tour.date_limite.isoformat(), **nombres_de(a_temps)}
    return noter_la_cloture_du_tour(tour=tour, donnees=donnees, maintenant=maintenant)


def nombres_de(a_temps: QuerySet[Pli]) -> dict[str, int]:
    return {"plis": a_temps.count(), "retires": a_temps.filter(etat=Pli.Etat.RETIRE).count()}


def fautes_des_clotures() -> Iterator[Constat]:
    """Le nombre de réponses engagé à la clôture est celui des plis que la base garde."""
    clotures = Ecriture.objects.filter(acte__in=["consultation.clore", "tour.clore"])
    for ecriture in clotures.order_by("numero").iterator(chunk_size=200):
        donnees = json.loads(ecriture.contenu)["donnees"]
        if "plis" not in donnees:
            continue
        limite = datetime.fromisoformat(donnees["date_limite"])
        du_temps = Q(consultation__reference=ecriture.sujet, tour=None) | Q(tour__reference=ecriture.sujet)
        a_temps = Pli.objects.filter(du_temps, recu_le__lte=limite)
        if a_temps.count() != donnees["plis"]:
            yield Constat(
                f"{donnees['plis']} réponses étaient arrivées à la clôture, la base en garde {a_temps.count()}",
                bon=False,
                ou=f"depots_pli, {ecriture.acte}, {ecriture.sujet}",
            )
