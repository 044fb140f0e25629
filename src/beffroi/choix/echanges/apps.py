from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "beffroi.choix.echanges"
    label = "echanges"
    verbose_name = "Courriers et réponses"
