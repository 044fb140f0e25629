from django.apps import AppConfig


class ControlesConfig(AppConfig):
    name = "beffroi.controles"
    verbose_name = "Contrôles"
