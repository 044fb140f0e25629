from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "beffroi.centre.interventions"
    label = "interventions"
    verbose_name = "Interventions"
