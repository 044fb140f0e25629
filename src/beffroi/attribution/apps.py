from django.apps import AppConfig


class AttributionConfig(AppConfig):
    name = "beffroi.attribution"
    verbose_name = "Attribution et lettres"
