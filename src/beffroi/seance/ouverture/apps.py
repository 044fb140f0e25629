from django.apps import AppConfig


class OuvertureConfig(AppConfig):
    name = "beffroi.seance.ouverture"
    label = "ouverture"
    verbose_name = "Ouverture"
