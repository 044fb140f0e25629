from django.apps import AppConfig


class TentativesConfig(AppConfig):
    name = "beffroi.reponse.traces"
    label = "tentatives"
    verbose_name = "Tentatives"
