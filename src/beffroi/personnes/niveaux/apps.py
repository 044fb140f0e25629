from django.apps import AppConfig


class NiveauxConfig(AppConfig):
    name = "beffroi.personnes.niveaux"
    label = "niveaux"
    verbose_name = "Niveaux d'identité"
