from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "beffroi.engagements"
    verbose_name = "Engagements"
