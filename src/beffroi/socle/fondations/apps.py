from typing import Any

from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "beffroi.socle.fondations"
    label = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        from django.db.migrations import serializer

        from beffroi.socle.fondations import checks, prises  # noqa: F401  importer les vérifications les enregistre
        from beffroi.socle.fondations.mots import Mots

        # Une migration écrit la valeur d'un mot, comme d'un choix de Django :
        # elle ne nomme aucune classe du produit.
        registre: Any = serializer.Serializer
        registre._registry = {Mots: serializer.ChoicesSerializer, **registre._registry}
        prises.brancher()
