from django.apps import AppConfig


class ApportsConfig(AppConfig):
    name = "beffroi.apports"
    verbose_name = "Apports des collectivités"

    def ready(self) -> None:
        from beffroi.apports import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.faire_le_tour)
