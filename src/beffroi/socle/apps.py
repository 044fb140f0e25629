from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "beffroi.socle"
    verbose_name = "Socle"
