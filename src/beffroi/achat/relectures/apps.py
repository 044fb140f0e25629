from django.apps import AppConfig


class RelecturesConfig(AppConfig):
    name = "beffroi.achat.relectures"
    label = "relectures"
    verbose_name = "Relectures"
