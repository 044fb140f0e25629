from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "beffroi.personnes.comptes"
    label = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from beffroi.personnes.comptes import facteurs, traces

        facteurs.brancher()
        traces.brancher()
