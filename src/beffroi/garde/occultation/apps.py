from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "beffroi.garde.occultation"
    label = "communications"
    verbose_name = "Communications"
