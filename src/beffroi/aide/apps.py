from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "beffroi.aide"
    verbose_name = "Aide"

    def ready(self) -> None:
        from beffroi.aide import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.effacer)
