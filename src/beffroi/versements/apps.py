from django.apps import AppConfig


class VersementsConfig(AppConfig):
    name = "beffroi.versements"
    verbose_name = "Versements"
