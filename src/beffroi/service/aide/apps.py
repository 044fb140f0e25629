from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "beffroi.service.aide"
    label = "aide"
    verbose_name = "Aide"
