from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "beffroi.api"
    verbose_name = "API"
