from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "beffroi.contributions"
    verbose_name = "Contributions"
