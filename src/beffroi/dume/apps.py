from django.apps import AppConfig


class DumeConfig(AppConfig):
    name = "beffroi.dume"
    verbose_name = "Document unique de marché européen"
