from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "beffroi.pilotage"
    verbose_name = "Statistiques"
