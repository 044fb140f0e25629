from django.apps import AppConfig


class RechercheConfig(AppConfig):
    name = "beffroi.publicite.recherche"
    label = "recherche"
    verbose_name = "Recherche"
