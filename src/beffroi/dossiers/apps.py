from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "beffroi.dossiers"
    verbose_name = "Dossiers publiés"
