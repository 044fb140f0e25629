from django.apps import AppConfig


class EssaiConfig(AppConfig):
    name = "beffroi.essai"
    verbose_name = "Espace d'essai"

    def ready(self) -> None:
        from django.conf import settings

        from beffroi.essai import classe, services
        from beffroi.socle import rondes
        from formats import composition

        if settings.ESPACE:
            composition.filigraner("ESSAI")
        rondes.declarer(services.garder_une_consultation_ouverte)
        rondes.declarer(classe.avancer)
