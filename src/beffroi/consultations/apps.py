from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "beffroi.consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        from beffroi.consultations import rappels, taches
        from beffroi.socle import rondes

        rondes.declarer(rappels.rappeler_les_essais)
        rondes.declarer(taches.publier_ce_qui_est_du)
