from django.apps import AppConfig


class DonneesEssentiellesConfig(AppConfig):
    name = "beffroi.donnees_essentielles"
    verbose_name = "Données essentielles"
