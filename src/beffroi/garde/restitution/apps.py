from django.apps import AppConfig


class RestitutionConfig(AppConfig):
    name = "beffroi.garde.restitution"
    label = "restitution"
    verbose_name = "Restitution"
