from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "beffroi.portail"
    verbose_name = "Portail"
