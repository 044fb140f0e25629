from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "beffroi.assistance"
    verbose_name = "Assistance"
