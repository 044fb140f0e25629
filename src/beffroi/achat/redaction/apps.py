from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "beffroi.achat.redaction"
    label = "redaction"
    verbose_name = "Rédaction"
