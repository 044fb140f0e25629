from django.apps import AppConfig


class AchevementConfig(AppConfig):
    name = "beffroi.contrat.achevement"
    label = "achevement"
    verbose_name = "Achèvement de la procédure"
