from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "beffroi.comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from beffroi.comptes import traces

        traces.brancher()
