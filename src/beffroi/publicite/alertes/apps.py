from django.apps import AppConfig


class AlertesConfig(AppConfig):
    name = "beffroi.publicite.alertes"
    label = "alertes"
    verbose_name = "Alertes"
