"""Ce que l'ouvrier regarde de temps en temps :
rappeler de répéter, effacer ce qui a trop attendu.
"""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.seance.repetition import queries, rules, services
from beffroi.seance.repetition.models import Repetition
from beffroi.seance.repetition.states import EN_COURS
from beffroi.socle.journal.acteurs import PLATEFORME


def rappeler(le: datetime) -> None:
    """Un courriel, la veille de l'heure limite, aux personnes qui n'ont pas répété."""
    proches = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE,
        date_limite_remise__gte=le,
        date_limite_remise__lte=le + rules.RAPPEL_AVANT_L_HEURE_LIMITE,
    )
    for consultation in proches:
        repetee = queries.derniere_reussie(consultation) is not None
        if rules.rappel_est_du(repetee=repetee, date_limite=consultation.limite, maintenant=le):
            services.rappeler(consultation=consultation, maintenant=le)


def effacer(le: datetime) -> None:
    """Une répétition encore en cours après l'heure limite s'efface d'elle-même."""
    depassees = Repetition.objects.filter(
        etat__in=EN_COURS, consultation__date_limite_remise__lt=le
    )
    for repetition in depassees.select_related("consultation"):
        services.abandonner(repetition=repetition, par=PLATEFORME, maintenant=le)
