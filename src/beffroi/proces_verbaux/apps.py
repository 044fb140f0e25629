from django.apps import AppConfig


class ProcesVerbauxConfig(AppConfig):
    name = "beffroi.proces_verbaux"
    verbose_name = "Procès-verbaux"
