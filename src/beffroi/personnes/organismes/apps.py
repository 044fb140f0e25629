from django.apps import AppConfig


class OrganismesConfig(AppConfig):
    name = "beffroi.personnes.organismes"
    label = "organismes"
    verbose_name = "Organismes"
