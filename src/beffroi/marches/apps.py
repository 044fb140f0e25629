from django.apps import AppConfig


class MarchesConfig(AppConfig):
    name = "beffroi.marches"
    verbose_name = "Marchés"

    def ready(self) -> None:
        from beffroi.marches import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.faire_le_tour)
