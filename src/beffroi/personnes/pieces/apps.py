from django.apps import AppConfig


class PiecesConfig(AppConfig):
    name = "beffroi.personnes.pieces"
    label = "pieces"
    verbose_name = "Pièces des entreprises"
