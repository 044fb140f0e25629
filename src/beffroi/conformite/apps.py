from django.apps import AppConfig


class ConformiteConfig(AppConfig):
    name = "beffroi.conformite"
    verbose_name = "Conformité"

    def ready(self) -> None:
        from beffroi.conformite import securite

        securite.brancher()
