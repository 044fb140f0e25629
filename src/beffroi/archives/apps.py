from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "beffroi.archives"
    verbose_name = "Archives"
