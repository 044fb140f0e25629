from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "beffroi.consultations"
    verbose_name = "Consultations"
