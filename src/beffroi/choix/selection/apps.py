from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "beffroi.choix.selection"
    label = "selection"
    verbose_name = "Sélection des candidatures"
