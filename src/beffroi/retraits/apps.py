from django.apps import AppConfig


class RetraitsConfig(AppConfig):
    name = "beffroi.retraits"
    verbose_name = "Registre des retraits"

    def ready(self) -> None:
        from beffroi.retraits import port  # noqa: F401  le port se résout par son nom
