from django.apps import AppConfig


class SauvegardesConfig(AppConfig):
    name = "beffroi.service.restaurations"
    label = "sauvegardes"
    verbose_name = "Sauvegardes"
