from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "beffroi.signatures"
    verbose_name = "Signatures"
