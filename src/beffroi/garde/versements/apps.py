from django.apps import AppConfig


class VersementsConfig(AppConfig):
    name = "beffroi.garde.versements"
    label = "versements"
    verbose_name = "Versements"
