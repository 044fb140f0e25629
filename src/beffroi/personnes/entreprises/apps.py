from django.apps import AppConfig


class EntreprisesConfig(AppConfig):
    name = "beffroi.personnes.entreprises"
    label = "entreprises"
    verbose_name = "Entreprises"
