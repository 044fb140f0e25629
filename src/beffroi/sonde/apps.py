from django.apps import AppConfig


class SondeConfig(AppConfig):
    name = "beffroi.sonde"
    verbose_name = "Sonde"

    def ready(self) -> None:
        from beffroi.journal import verification
        from beffroi.socle import rondes
        from beffroi.sonde import compte
        from beffroi.sonde.verification import relire_les_mesures

        verification.declarer(relire_les_mesures)
        rondes.declarer(compte.oublier_les_vieilles)
