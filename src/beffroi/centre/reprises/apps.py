from django.apps import AppConfig


class ReprisesConfig(AppConfig):
    name = "beffroi.centre.reprises"
    label = "reprises"
    verbose_name = "Reprises"
