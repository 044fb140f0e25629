from django.apps import AppConfig


class TeleassistanceConfig(AppConfig):
    name = "beffroi.teleassistance"
    verbose_name = "Téléassistance"
