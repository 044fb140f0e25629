from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "beffroi.contrat.engagements"
    label = "engagements"
    verbose_name = "Engagements"
