from django.apps import AppConfig


class OuvertureConfig(AppConfig):
    name = "beffroi.ouverture"
    verbose_name = "Ouverture"
