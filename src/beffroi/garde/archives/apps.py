from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "beffroi.garde.archives"
    label = "archives"
    verbose_name = "Archives"
