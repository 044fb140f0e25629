from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "beffroi.achat.tours"
    label = "tours"
    verbose_name = "Tours d'offres"
