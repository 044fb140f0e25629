from django.apps import AppConfig


class AlertesConfig(AppConfig):
    name = "beffroi.alertes"
    verbose_name = "Alertes"
