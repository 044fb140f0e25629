from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "beffroi.communications"
    verbose_name = "Communications"

    def ready(self) -> None:
        from beffroi.communications import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.effacer)
