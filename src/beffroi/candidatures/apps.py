from django.apps import AppConfig


class CandidaturesConfig(AppConfig):
    name = "beffroi.candidatures"
    verbose_name = "Examen des candidatures"
