from django.apps import AppConfig


class AtelierConfig(AppConfig):
    name = "beffroi.atelier"
    verbose_name = "Atelier"
