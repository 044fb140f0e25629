from django.apps import AppConfig


class AdherentsConfig(AppConfig):
    name = "beffroi.adherents"
    verbose_name = "Adhérents"
