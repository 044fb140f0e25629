from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "beffroi.conventions"
    verbose_name = "Conventions"
