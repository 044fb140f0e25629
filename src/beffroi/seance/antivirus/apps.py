from django.apps import AppConfig


class AntivirusConfig(AppConfig):
    name = "beffroi.seance.antivirus"
    label = "antivirus"
    verbose_name = "Antivirus"
