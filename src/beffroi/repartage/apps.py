from django.apps import AppConfig


class RepartageConfig(AppConfig):
    name = "beffroi.repartage"
    verbose_name = "Repartage"
