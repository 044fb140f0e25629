from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "beffroi.analyse"
    verbose_name = "Analyse des offres"
