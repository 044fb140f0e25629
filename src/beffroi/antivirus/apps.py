from django.apps import AppConfig


class AntivirusConfig(AppConfig):
    name = "beffroi.antivirus"
    verbose_name = "Antivirus"
