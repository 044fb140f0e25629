"""Alertes : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.publicite.alertes import services, taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.annoncer, taches.envoyer_les_resumes),
    abonnes={
        ConsultationPubliee: (services.noter_la_publication,),
    },
    hors_preuve={
        "ConsultationParue": HorsPreuve(
            "recopie une consultation publiée, pour l'annoncer une fois",
            "une alerte manquerait, ou se répéterait ; la consultation est prouvée",
        ),
        "Trouvaille": HorsPreuve(
            "ce qui attend un résumé, effacé une fois écrit",
            "un résumé dirait autre chose ; la consultation est prouvée",
        ),
    },
)
