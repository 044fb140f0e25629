"""Tours d'offres : ce que ce contexte branche dans la maison."""

from beffroi.consultations.events import ConsultationDeclareeSansSuite
from beffroi.socle.prises import Prises
from beffroi.tours.services import retirer_les_cles_des_tours

PRISES = Prises(
    abonnes={
        ConsultationDeclareeSansSuite: (retirer_les_cles_des_tours,),
    },
)
