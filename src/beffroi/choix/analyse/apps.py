from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "beffroi.choix.analyse"
    label = "analyse"
    verbose_name = "Analyse des offres"
