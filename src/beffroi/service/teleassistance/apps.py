from django.apps import AppConfig


class TeleassistanceConfig(AppConfig):
    name = "beffroi.service.teleassistance"
    label = "teleassistance"
    verbose_name = "Téléassistance"
