from django.apps import AppConfig


class RegistreDesDepotsConfig(AppConfig):
    name = "beffroi.registre_des_depots"
    verbose_name = "Registre des dépôts"

    def ready(self) -> None:
        from beffroi.journal import verification
        from beffroi.registre_des_depots.verification import relire_les_registres

        verification.declarer(relire_les_registres)
