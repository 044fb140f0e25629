from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "beffroi.archives"
    verbose_name = "Archives"

    def ready(self) -> None:
        from beffroi.archives import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.veiller_la_nuit)
