from django.apps import AppConfig


class RetraitsConfig(AppConfig):
    name = "beffroi.retraits"
    verbose_name = "Registre des retraits"
