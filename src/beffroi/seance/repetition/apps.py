from django.apps import AppConfig


class RepetitionConfig(AppConfig):
    name = "beffroi.seance.repetition"
    label = "repetition"
    verbose_name = "Répétition"
