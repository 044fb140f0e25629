from django.apps import AppConfig


class MarchesConfig(AppConfig):
    name = "beffroi.contrat.marches"
    label = "marches"
    verbose_name = "Marchés"
