from django.apps import AppConfig


class OutilsConfig(AppConfig):
    name = "beffroi.service.calculateurs"
    label = "outils"
    verbose_name = "Outils publics"
