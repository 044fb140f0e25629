from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "beffroi.centre.contributions"
    label = "contributions"
    verbose_name = "Contributions"
