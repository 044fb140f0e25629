from django.apps import AppConfig


class AdherentsConfig(AppConfig):
    name = "beffroi.centre.adherents"
    label = "adherents"
    verbose_name = "Adhérents"
