from django.apps import AppConfig


class ApportsConfig(AppConfig):
    name = "beffroi.centre.apports"
    label = "apports"
    verbose_name = "Apports des collectivités"
