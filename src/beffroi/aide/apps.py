from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "beffroi.aide"
    verbose_name = "Aide"
