"""Antivirus : ce que ce contexte branche dans la maison."""

from beffroi.antivirus import a_faire, ecrans, taches
from beffroi.ouverture.events import EnveloppeOuverte
from beffroi.ouverture.permissions import ACTES
from beffroi.socle.a_faire import DUneConsultation
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.rattraper_les_oublis,),
    abonnes={
        EnveloppeOuverte: (taches.enveloppe_ouverte,),
    },
    a_faire=(
        DUneConsultation(
            a_faire.fichiers_retenus, apres="selection.suite_a_mener", permis=("preparer_la_seance", ACTES)
        ),
    ),
    ports={
        "ouverture.SurveillanceDesFichiers": ecrans.surveillance,
    },
)
