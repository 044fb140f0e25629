from django.apps import AppConfig


class RepetitionConfig(AppConfig):
    name = "beffroi.repetition"
    verbose_name = "Répétition"

    def ready(self) -> None:
        from beffroi.repetition import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.rappeler)
        rondes.declarer(taches.effacer)
