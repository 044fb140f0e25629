from django.apps import AppConfig


class EntreprisesConfig(AppConfig):
    name = "beffroi.entreprises"
    verbose_name = "Entreprises"
