from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "beffroi.achat.preparation"
    label = "preparation"
    verbose_name = "Préparation"
