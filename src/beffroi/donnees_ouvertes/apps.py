from django.apps import AppConfig


class DonneesOuvertesConfig(AppConfig):
    name = "beffroi.donnees_ouvertes"
    verbose_name = "Données ouvertes"
