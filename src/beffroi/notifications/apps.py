from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "beffroi.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from beffroi.notifications import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.commencer_le_matin)
