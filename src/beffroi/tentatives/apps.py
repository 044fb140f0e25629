from django.apps import AppConfig


class TentativesConfig(AppConfig):
    name = "beffroi.tentatives"
    verbose_name = "Tentatives"
