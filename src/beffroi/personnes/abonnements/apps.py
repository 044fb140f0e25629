from django.apps import AppConfig


class AbonnementsConfig(AppConfig):
    name = "beffroi.personnes.abonnements"
    label = "abonnements"
    verbose_name = "Abonnements"
