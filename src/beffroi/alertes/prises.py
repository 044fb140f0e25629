"""Alertes : ce que ce contexte branche dans la maison."""

from beffroi.alertes import services, taches
from beffroi.consultations.events import ConsultationPubliee
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(taches.annoncer, taches.envoyer_les_resumes),
    abonnes={
        ConsultationPubliee: (services.noter_la_publication,),
    },
    hors_preuve={
        "ConsultationParue": "recopie une consultation publiée, pour l'annoncer une fois",
        "Trouvaille": "ce qui attend un résumé, effacé une fois écrit",
    },
)
