from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "beffroi.preparation"
    verbose_name = "Préparation"

    def ready(self) -> None:
        from beffroi.consultations.events import ConsultationPubliee
        from beffroi.preparation import services
        from beffroi.socle import evenements

        evenements.abonner(ConsultationPubliee, services.geler_l_achat)
