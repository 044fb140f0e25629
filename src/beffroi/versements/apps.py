from django.apps import AppConfig


class VersementsConfig(AppConfig):
    name = "beffroi.versements"
    verbose_name = "Versements"

    def ready(self) -> None:
        from beffroi.socle import rondes
        from beffroi.versements import taches

        rondes.declarer(taches.suivre)
