"""Alertes : ce que ce contexte branche dans la maison."""

from beffroi.alertes import services, taches
from beffroi.consultations.events import ConsultationPubliee
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.annoncer, taches.envoyer_les_resumes),
    abonnes={
        ConsultationPubliee: (services.noter_la_publication,),
    },
)
