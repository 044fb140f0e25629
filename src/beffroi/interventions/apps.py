from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "beffroi.interventions"
    verbose_name = "Interventions"
