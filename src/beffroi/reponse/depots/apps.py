from django.apps import AppConfig


class DepotsConfig(AppConfig):
    name = "beffroi.reponse.depots"
    label = "depots"
    verbose_name = "Dépôts"
