"""Alertes : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.publicite.alertes import services, taches
from beffroi.socle.fondations.prises import Prises

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
