from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "beffroi.achat.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers publiés"
