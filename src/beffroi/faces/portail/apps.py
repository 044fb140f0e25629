from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "beffroi.faces.portail"
    label = "portail"
    verbose_name = "Portail"
