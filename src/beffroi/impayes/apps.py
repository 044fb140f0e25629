from django.apps import AppConfig


class ImpayesConfig(AppConfig):
    name = "beffroi.impayes"
    verbose_name = "Impayés"
