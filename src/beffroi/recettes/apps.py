from django.apps import AppConfig


class RecettesConfig(AppConfig):
    name = "beffroi.recettes"
    verbose_name = "Recettes"
