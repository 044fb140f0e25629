from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "beffroi.socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from beffroi.socle import checks, prises  # noqa: F401  importer les vérifications les enregistre

        prises.brancher()
