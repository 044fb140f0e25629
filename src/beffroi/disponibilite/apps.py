from django.apps import AppConfig


class DisponibiliteConfig(AppConfig):
    name = "beffroi.disponibilite"
    verbose_name = "État du service"

    def ready(self) -> None:
        from beffroi.disponibilite import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.relever)
