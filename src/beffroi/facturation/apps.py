from django.apps import AppConfig


class FacturationConfig(AppConfig):
    name = "beffroi.facturation"
    verbose_name = "Facturation"
