from django.apps import AppConfig


class NoeudsConfig(AppConfig):
    name = "beffroi.socle.noeuds"
    label = "noeuds"
    verbose_name = "Nœuds"
