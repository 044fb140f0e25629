from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "beffroi.choix.commissions"
    label = "commissions"
    verbose_name = "Commissions et jurys"
