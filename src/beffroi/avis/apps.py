from django.apps import AppConfig


class AvisConfig(AppConfig):
    name = "beffroi.avis"
    verbose_name = "Avis"
