from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "beffroi.echanges"
    verbose_name = "Courriers et réponses"
