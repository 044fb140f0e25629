from django.apps import AppConfig


class DepotsConfig(AppConfig):
    name = "beffroi.depots"
    verbose_name = "Dépôts"

    def ready(self) -> None:
        from beffroi.depots.rondes import purger, rappeler
        from beffroi.depots.verification import relire_les_plis
        from beffroi.journal import verification
        from beffroi.socle import rondes

        rondes.declarer(rappeler)
        rondes.declarer(purger)
        verification.declarer(relire_les_plis)
