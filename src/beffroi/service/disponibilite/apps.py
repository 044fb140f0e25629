from django.apps import AppConfig


class DisponibiliteConfig(AppConfig):
    name = "beffroi.service.disponibilite"
    label = "disponibilite"
    verbose_name = "État du service"
