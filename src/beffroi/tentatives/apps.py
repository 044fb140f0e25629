from django.apps import AppConfig


class TentativesConfig(AppConfig):
    name = "beffroi.tentatives"
    verbose_name = "Tentatives"

    def ready(self) -> None:
        from beffroi.socle import rondes
        from beffroi.tentatives import taches

        rondes.declarer(taches.relever)
