from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "beffroi.communications"
    verbose_name = "Communications"
