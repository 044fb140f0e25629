from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "beffroi.faces.api"
    label = "api"
    verbose_name = "API"
