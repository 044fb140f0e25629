from django.apps import AppConfig


class ConformiteConfig(AppConfig):
    name = "beffroi.garde.conformite"
    label = "conformite"
    verbose_name = "Conformité"

    def ready(self) -> None:
        from beffroi.garde.conformite import securite

        securite.brancher()
