from django.apps import AppConfig


class SondeConfig(AppConfig):
    name = "beffroi.sonde"
    verbose_name = "Sonde"
