from django.apps import AppConfig


class RemisesEnConcurrenceConfig(AppConfig):
    name = "beffroi.remises_en_concurrence"
    verbose_name = "Remises en concurrence"
