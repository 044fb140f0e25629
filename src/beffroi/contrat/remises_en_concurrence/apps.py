from django.apps import AppConfig


class RemisesEnConcurrenceConfig(AppConfig):
    name = "beffroi.contrat.remises_en_concurrence"
    label = "remises_en_concurrence"
    verbose_name = "Remises en concurrence"
