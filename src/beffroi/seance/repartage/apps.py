from django.apps import AppConfig


class RepartageConfig(AppConfig):
    name = "beffroi.seance.repartage"
    label = "repartage"
    verbose_name = "Repartage"
