from django.apps import AppConfig


class DonneesOuvertesConfig(AppConfig):
    name = "beffroi.contrat.donnees_ouvertes"
    label = "donnees_ouvertes"
    verbose_name = "Données ouvertes"
