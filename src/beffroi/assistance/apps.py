from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "beffroi.assistance"
    verbose_name = "Assistance"

    def ready(self) -> None:
        from beffroi.assistance import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.effacer)
        rondes.declarer(taches.relever_la_boite)
