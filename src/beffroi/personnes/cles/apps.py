from django.apps import AppConfig


class ClesConfig(AppConfig):
    name = "beffroi.personnes.cles"
    label = "cles"
    verbose_name = "Clés"
