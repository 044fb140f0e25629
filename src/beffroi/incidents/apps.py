from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "beffroi.incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        from beffroi.incidents import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.ecrire_la_page)
