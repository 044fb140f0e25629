from django.apps import AppConfig


class OuvertureConfig(AppConfig):
    name = "beffroi.ouverture"
    verbose_name = "Ouverture"

    def ready(self) -> None:
        from beffroi.journal import verification
        from beffroi.ouverture.verification import relire_les_seances

        verification.declarer(relire_les_seances)
