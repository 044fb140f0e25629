from django.apps import AppConfig


class ControlesConfig(AppConfig):
    name = "beffroi.achat.controles"
    label = "controles"
    verbose_name = "Contrôles"
