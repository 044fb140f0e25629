"""Antivirus : ce que ce contexte branche dans la maison."""

from beffroi.seance.antivirus import a_faire, ecrans, taches
from beffroi.seance.ouverture.events import EnveloppeOuverte
from beffroi.seance.ouverture.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.rattraper_les_oublis,),
    abonnes={
        EnveloppeOuverte: (taches.enveloppe_ouverte,),
    },
    a_faire=(
        DesConsultations(
            a_faire.fichiers_retenus,
            apres="selection.suites_a_mener",
            s_il_y_a=a_faire.fichiers_infectes,
            permis=("preparer_la_seance", ACTES),
        ),
    ),
    ports={
        "ouverture.SurveillanceDesFichiers": ecrans.surveillance,
    },
)
