from django.apps import AppConfig


class CommissionsConfig(AppConfig):
    name = "beffroi.commissions"
    verbose_name = "Commissions et jurys"
