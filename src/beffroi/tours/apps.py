from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "beffroi.tours"
    verbose_name = "Tours d'offres"
