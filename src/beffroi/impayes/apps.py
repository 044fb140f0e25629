from django.apps import AppConfig


class ImpayesConfig(AppConfig):
    name = "beffroi.impayes"
    verbose_name = "Impayés"

    def ready(self) -> None:
        from beffroi.impayes import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.faire_le_tour)
