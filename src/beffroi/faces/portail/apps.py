from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "beffroi.faces.portail"
    label = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        """Une marque qui se lirait mal se dit au démarrage, non sur les pages."""
        from beffroi.faces.portail.marque import la_marque

        la_marque()
