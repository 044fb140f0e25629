from django.apps import AppConfig


class ViolationsConfig(AppConfig):
    name = "beffroi.garde.violations"
    label = "violations"
    verbose_name = "Violations de données"
