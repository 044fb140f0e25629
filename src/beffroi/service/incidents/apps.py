from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "beffroi.service.incidents"
    label = "incidents"
    verbose_name = "Incidents"
