from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "beffroi.incidents"
    verbose_name = "Incidents"
