from django.apps import AppConfig


class AlertesConfig(AppConfig):
    name = "beffroi.alertes"
    verbose_name = "Alertes"

    def ready(self) -> None:
        from beffroi.alertes import services, taches
        from beffroi.consultations.events import ConsultationPubliee
        from beffroi.socle import evenements, rondes

        evenements.abonner(ConsultationPubliee, services.noter_la_publication)
        rondes.declarer(taches.annoncer)
        rondes.declarer(taches.envoyer_les_resumes)
