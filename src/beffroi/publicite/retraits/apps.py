from django.apps import AppConfig


class RetraitsConfig(AppConfig):
    name = "beffroi.publicite.retraits"
    label = "retraits"
    verbose_name = "Registre des retraits"
