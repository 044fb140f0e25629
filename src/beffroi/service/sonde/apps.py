from django.apps import AppConfig


class SondeConfig(AppConfig):
    name = "beffroi.service.sonde"
    label = "sonde"
    verbose_name = "Sonde"
