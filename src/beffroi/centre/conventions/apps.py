from django.apps import AppConfig


class ConventionsConfig(AppConfig):
    name = "beffroi.centre.conventions"
    label = "conventions"
    verbose_name = "Conventions"
