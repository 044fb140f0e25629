from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "beffroi.conventions"
    verbose_name = "Conventions"

    def ready(self) -> None:
        from beffroi.conventions import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.faire_le_tour)
