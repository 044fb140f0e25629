from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "beffroi.notifications"
    verbose_name = "Notifications"
