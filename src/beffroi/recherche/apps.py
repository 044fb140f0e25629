from django.apps import AppConfig


class RechercheConfig(AppConfig):
    name = "beffroi.recherche"
    verbose_name = "Recherche"
