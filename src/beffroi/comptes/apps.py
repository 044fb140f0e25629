from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "beffroi.comptes"
    verbose_name = "Comptes"
