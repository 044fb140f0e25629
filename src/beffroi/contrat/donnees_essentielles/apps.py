from django.apps import AppConfig


class DonneesEssentiellesConfig(AppConfig):
    name = "beffroi.contrat.donnees_essentielles"
    label = "donnees_essentielles"
    verbose_name = "Données essentielles"
