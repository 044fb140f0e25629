from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "beffroi.seance.signatures"
    label = "signatures"
    verbose_name = "Signatures"
