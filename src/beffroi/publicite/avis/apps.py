from django.apps import AppConfig


class AvisConfig(AppConfig):
    name = "beffroi.publicite.avis"
    label = "avis"
    verbose_name = "Avis"
