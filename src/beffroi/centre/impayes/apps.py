from django.apps import AppConfig


class ImpayesConfig(AppConfig):
    name = "beffroi.centre.impayes"
    label = "impayes"
    verbose_name = "Impayés"
