from django.apps import AppConfig


class EssaiConfig(AppConfig):
    name = "beffroi.service.essai"
    label = "essai"
    verbose_name = "Espace d'essai"

    def ready(self) -> None:
        from django.conf import settings

        from formats import composition

        if settings.ESPACE:
            composition.filigraner("ESSAI")
