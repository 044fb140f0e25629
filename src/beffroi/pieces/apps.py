from django.apps import AppConfig


class PiecesConfig(AppConfig):
    name = "beffroi.pieces"
    verbose_name = "Pièces des entreprises"
