from django.apps import AppConfig


class PortailConfig(AppConfig):
    name = "beffroi.portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        from beffroi.portail.client_publie import publier_le_client
        from beffroi.socle import rondes

        rondes.declarer(publier_le_client)
