from django.apps import AppConfig


class EssaiConfig(AppConfig):
    name = "beffroi.essai"
    verbose_name = "Espace d'essai"
