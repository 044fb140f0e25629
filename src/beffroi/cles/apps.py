from django.apps import AppConfig


class ClesConfig(AppConfig):
    name = "beffroi.cles"
    verbose_name = "Clés"
