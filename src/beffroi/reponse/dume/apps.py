from django.apps import AppConfig


class DumeConfig(AppConfig):
    name = "beffroi.reponse.dume"
    label = "dume"
    verbose_name = "Document unique de marché européen"
