from django.apps import AppConfig


class RepetitionConfig(AppConfig):
    name = "beffroi.repetition"
    verbose_name = "Répétition"
