from django.apps import AppConfig


class ApportsConfig(AppConfig):
    name = "beffroi.apports"
    verbose_name = "Apports des collectivités"
