from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "beffroi.achat.consultations"
    label = "consultations"
    verbose_name = "Consultations"
