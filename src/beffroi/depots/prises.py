"""Dépôts : ce que ce contexte branche dans la maison."""

from beffroi.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
from beffroi.depots import a_faire
from beffroi.depots.recours import annoncer_la_renonciation, annoncer_les_gardiens
from beffroi.depots.rondes import purger, rappeler
from beffroi.depots.verification import relire_les_plis
from beffroi.socle.a_faire import DeLaPersonne
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(rappeler, purger),
    abonnes={
        ConsultationDeclareeSansSuite: (annoncer_la_renonciation,),
        GardiensAppeles: (annoncer_les_gardiens,),
    },
    relectures_du_journal=(relire_les_plis,),
    a_faire=(
        DeLaPersonne(a_faire.reponses_a_deposer, apres="echanges.messages_a_repondre"),
        DeLaPersonne(a_faire.invitations_a_honorer, apres="depots.reponses_a_deposer"),
    ),
)
