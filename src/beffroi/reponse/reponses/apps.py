from django.apps import AppConfig


class ReponsesConfig(AppConfig):
    name = "beffroi.reponse.reponses"
    label = "reponses"
    verbose_name = "Réponses"
