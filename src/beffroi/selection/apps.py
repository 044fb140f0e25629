from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "beffroi.selection"
    verbose_name = "Sélection des candidatures"
