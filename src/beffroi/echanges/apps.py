from django.apps import AppConfig


class EchangesConfig(AppConfig):
    name = "beffroi.echanges"
    verbose_name = "Courriers et réponses"

    def ready(self) -> None:
        from beffroi.echanges import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.constater_les_alertes)
