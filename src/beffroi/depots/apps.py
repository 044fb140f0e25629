from django.apps import AppConfig


class DepotsConfig(AppConfig):
    name = "beffroi.depots"
    verbose_name = "Dépôts"
