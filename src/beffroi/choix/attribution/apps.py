from django.apps import AppConfig


class AttributionConfig(AppConfig):
    name = "beffroi.choix.attribution"
    label = "attribution"
    verbose_name = "Attribution et lettres"
