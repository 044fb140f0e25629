from django.apps import AppConfig


class MarchesConfig(AppConfig):
    name = "beffroi.marches"
    verbose_name = "Marchés"
