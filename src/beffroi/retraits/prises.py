"""Registre des retraits : ce que ce contexte branche dans la maison."""

from beffroi.consultations.events import ConsultationDeclareeSansSuite, ConsultationModifiee, QuestionRepondue
from beffroi.retraits import annonces
from beffroi.retraits.verification import relire_les_registres
from beffroi.socle.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationModifiee: (annonces.annoncer_un_changement,),
        ConsultationDeclareeSansSuite: (annonces.annoncer_la_fin,),
        QuestionRepondue: (annonces.annoncer_une_reponse,),
    },
    relectures_du_journal=(relire_les_registres,),
)
