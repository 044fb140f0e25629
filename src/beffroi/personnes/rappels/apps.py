from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "beffroi.personnes.rappels"
    label = "notifications"
    verbose_name = "Notifications"
