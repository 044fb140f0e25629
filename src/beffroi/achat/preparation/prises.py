"""Préparation : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.preparation import services
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationPubliee: (services.geler_l_achat,),
    },
)
