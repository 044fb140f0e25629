from django.apps import AppConfig


class PropositionsConfig(AppConfig):
    name = "beffroi.centre.propositions"
    label = "propositions"
    verbose_name = "Propositions"
