from django.apps import AppConfig


class DisponibiliteConfig(AppConfig):
    name = "beffroi.disponibilite"
    verbose_name = "État du service"
