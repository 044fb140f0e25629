from django.apps import AppConfig


class PreuvesConfig(AppConfig):
    name = "beffroi.preuves"
    verbose_name = "Preuves"
