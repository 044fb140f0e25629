from django.apps import AppConfig


class CopiesDeSauvegardeConfig(AppConfig):
    name = "beffroi.seance.copies_de_sauvegarde"
    label = "copies_de_sauvegarde"
    verbose_name = "Copies de sauvegarde"
