"""Préparation : ce que ce contexte branche dans la maison."""

from beffroi.consultations.events import ConsultationPubliee
from beffroi.preparation import services
from beffroi.socle.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationPubliee: (services.geler_l_achat,),
    },
)
