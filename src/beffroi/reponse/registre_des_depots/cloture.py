"""Noter la clôture, et engager au journal combien de réponses étaient arrivées."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from beffroi.achat.consultations.events import RenonciationDecidee
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import constater_la_cloture
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.services import noter_la_cloture_du_tour
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.registre_des_depots.taches import tirer_de_nouveau
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.acteurs import PLATEFORME

CLOTURES_PAR_RONDE = 50
# Une réponse reçue à temps peut attendre un verrou avant de s'inscrire (`config.base_de_donnees`) :
# la ronde lui en laisse le temps. Celle qui s'inscrit plus tard encore se prouve par son écriture
# (`relecture_des_clotures`, ADR 0027).
ATTENTE_DES_DERNIERES = timedelta(seconds=35)


def constater_les_clotures(le: datetime) -> None:
    """Ronde : note chaque heure limite passée.

    La clôture n'attend pas cette note : elle est un fait de dates.
    """
    avant = le - ATTENTE_DES_DERNIERES
    passees = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE, date_limite_remise__lt=avant
    )
    for consultation in passees.order_by("date_limite_remise")[:CLOTURES_PAR_RONDE]:
        noter_la_cloture(consultation=consultation, maintenant=le)
    finis = Tour.objects.filter(clos_le=None, date_limite__lt=avant)
    for tour in finis.order_by("date_limite")[:CLOTURES_PAR_RONDE]:
        noter_la_fin_du_tour(tour=tour, maintenant=le)


@transaction.atomic
def noter_ce_qui_est_clos(*, consultation: Consultation, maintenant: datetime) -> Consultation:
    """Avant l'acte qui s'appuie sur les réponses :
    note toute heure limite passée, celle des tours comprise.

    La consultation reste verrouillée jusqu'à cet acte : aucun dépôt ne s'inscrit entre le compte et
    lui. Les verrous se prennent dans l'ordre du dépôt, le journal en dernier.
    """
    consultation = verrouiller(consultation)
    echus = Tour.objects.filter(consultation=consultation, clos_le=None, date_limite__lt=maintenant)
    tours = verrouiller_ensemble(list(echus))
    consultation = noter_la_cloture(consultation=consultation, maintenant=maintenant)
    for tour in tours.values():
        noter_la_fin_du_tour(tour=tour, maintenant=maintenant)
    return consultation


def noter_avant_la_renonciation(renonciation: RenonciationDecidee) -> None:
    """Renoncer après l'heure limite n'efface pas combien de réponses étaient arrivées."""
    consultation = Consultation.toutes.get(reference=renonciation.reference)
    noter_ce_qui_est_clos(consultation=consultation, maintenant=renonciation.le)


@transaction.atomic
def noter_la_cloture(*, consultation: Consultation, maintenant: datetime) -> Consultation:
    """L'heure limite est passée :
    le journal retient le nombre de réponses à temps (scellement, §10, étape 5).

    La feuille publique n'en est que l'empreinte, sous un aléa : elle engage le nombre sans le dire.
    Un report accordé à l'instant attend.
    """
    consultation = verrouiller(consultation)
    if consultation.etat != Consultation.Etat.PUBLIEE or maintenant <= consultation.limite:
        return consultation
    a_temps = Pli.objects.filter(
        consultation=consultation, tour=None, recu_le__lte=consultation.limite
    )
    donnees = {"date_limite": consultation.limite.isoformat(), **nombres_de(a_temps)}
    return constater_la_cloture(
        consultation=consultation, par=PLATEFORME, maintenant=maintenant, donnees=donnees
    )


@transaction.atomic
def noter_la_fin_du_tour(*, tour: Tour, maintenant: datetime) -> Tour:
    """Le même engagement, pour les offres d'un tour ; un report accordé à l'instant attend."""
    tour = verrouiller(tour, avec=("consultation__organisme",))
    if maintenant <= tour.date_limite:
        return tour
    a_temps = Pli.objects.filter(tour=tour, recu_le__lte=tour.date_limite)
    donnees = {"date_limite": tour.date_limite.isoformat(), **nombres_de(a_temps)}
    return noter_la_cloture_du_tour(tour=tour, donnees=donnees, maintenant=maintenant)


def tirer_apres_la_seance(consultation: Consultation) -> None:
    """L'état des réponses a changé : le registre, s'il était scellé, se scelle de nouveau."""
    tirer_de_nouveau.enqueue(consultation.reference)


def nombres_de(a_temps: QuerySet[Pli]) -> dict[str, int]:
    return {"plis": a_temps.count(), "retires": a_temps.filter(etat=Pli.Etat.RETIRE).count()}
