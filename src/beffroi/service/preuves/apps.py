from django.apps import AppConfig


class PreuvesConfig(AppConfig):
    name = "beffroi.service.preuves"
    label = "preuves"
    verbose_name = "Preuves"
