from django.apps import AppConfig


class AchevementConfig(AppConfig):
    name = "beffroi.achevement"
    verbose_name = "Achèvement de la procédure"
