from django.apps import AppConfig


class ReponsesConfig(AppConfig):
    name = "beffroi.reponses"
    verbose_name = "Réponses"
