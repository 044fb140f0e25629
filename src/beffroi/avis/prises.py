"""Avis : ce que ce contexte branche dans la maison."""

from beffroi.avis import a_faire, abonnements
from beffroi.avis.permissions import ACTES
from beffroi.consultations.events import ConsultationDeclareeSansSuite, ConsultationModifiee, ConsultationPubliee
from beffroi.socle.a_faire import DesConsultations
from beffroi.socle.prises import Prises

PRISES = Prises(
    abonnes={
        ConsultationPubliee: (abonnements.consultation_publiee,),
        ConsultationModifiee: (abonnements.consultation_modifiee,),
        ConsultationDeclareeSansSuite: (abonnements.consultation_sans_suite,),
    },
    a_faire=(DesConsultations(a_faire.avis_prets, apres="relectures.avis_recu", permis=("envoyer", ACTES)),),
)
