from django.apps import AppConfig


class SauvegardesConfig(AppConfig):
    name = "beffroi.sauvegardes"
    verbose_name = "Sauvegardes"
