from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "beffroi.service.pilotage"
    label = "pilotage"
    verbose_name = "Statistiques"
