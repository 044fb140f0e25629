from django.apps import AppConfig


class TeleassistanceConfig(AppConfig):
    name = "beffroi.teleassistance"
    verbose_name = "Téléassistance"

    def ready(self) -> None:
        from beffroi.socle import rondes
        from beffroi.teleassistance import taches

        rondes.declarer(taches.expirer)
