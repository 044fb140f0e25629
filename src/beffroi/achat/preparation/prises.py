"""Préparation : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.preparation import premiers_pas, services
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    premiers_pas=(Rangee(premiers_pas.premiere_consultation, apres="cles.cle_d_ouverture"),),
    abonnes={
        ConsultationPubliee: (services.geler_l_achat,),
    },
)
