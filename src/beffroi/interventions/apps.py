from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "beffroi.interventions"
    verbose_name = "Interventions"

    def ready(self) -> None:
        from beffroi.interventions import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.clore_les_expirees)
