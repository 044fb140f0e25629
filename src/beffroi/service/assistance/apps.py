from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "beffroi.service.assistance"
    label = "assistance"
    verbose_name = "Assistance"
