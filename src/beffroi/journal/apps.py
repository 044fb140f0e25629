from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "beffroi.journal"
    verbose_name = "Journal"
