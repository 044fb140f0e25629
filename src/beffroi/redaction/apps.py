from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "beffroi.redaction"
    verbose_name = "Rédaction"
