from django.apps import AppConfig


class RecettesConfig(AppConfig):
    name = "beffroi.centre.recettes"
    label = "recettes"
    verbose_name = "Recettes"
