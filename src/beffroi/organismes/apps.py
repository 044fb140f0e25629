from django.apps import AppConfig


class OrganismesConfig(AppConfig):
    name = "beffroi.organismes"
    verbose_name = "Organismes"
