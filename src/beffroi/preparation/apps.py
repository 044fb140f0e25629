from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "beffroi.preparation"
    verbose_name = "Préparation"
