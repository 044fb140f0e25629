from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    name = "beffroi.violations"
    verbose_name = "Violations de données"
