from django.apps import AppConfig


class FacturationConfig(AppConfig):
    name = "beffroi.centre.facturation"
    label = "facturation"
    verbose_name = "Facturation"
