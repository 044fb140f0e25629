from django.apps import AppConfig


class ClesConfig(AppConfig):
    name = "beffroi.cles"
    verbose_name = "Clés"

    def ready(self) -> None:
        from beffroi.cles.verification import relire_les_cles
        from beffroi.journal import verification

        verification.declarer(relire_les_cles)
