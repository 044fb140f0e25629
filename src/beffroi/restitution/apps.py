from django.apps import AppConfig


class RestitutionConfig(AppConfig):
    name = "beffroi.restitution"
    verbose_name = "Restitution"
