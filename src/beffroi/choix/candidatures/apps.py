from django.apps import AppConfig


class CandidaturesConfig(AppConfig):
    name = "beffroi.choix.candidatures"
    label = "candidatures"
    verbose_name = "Examen des candidatures"
