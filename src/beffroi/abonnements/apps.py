from django.apps import AppConfig


class AbonnementsConfig(AppConfig):
    name = "beffroi.abonnements"
    verbose_name = "Abonnements"
