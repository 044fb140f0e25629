from django.apps import AppConfig


class RelecturesConfig(AppConfig):
    name = "beffroi.relectures"
    verbose_name = "Relectures"
