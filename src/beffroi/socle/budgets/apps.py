from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "beffroi.socle.budgets"
    label = "budgets"
    verbose_name = "Budgets"
