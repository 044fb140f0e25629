"""Tours d'offres : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite
from beffroi.achat.tours.services import retirer_les_cles_des_tours
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationDeclareeSansSuite: (retirer_les_cles_des_tours,),
    },
)
