from django.apps import AppConfig


class OutilsConfig(AppConfig):
    name = "beffroi.outils"
    verbose_name = "Outils publics"
