from django.apps import AppConfig


class CopiesDeSauvegardeConfig(AppConfig):
    name = "beffroi.copies_de_sauvegarde"
    verbose_name = "Copies de sauvegarde"
