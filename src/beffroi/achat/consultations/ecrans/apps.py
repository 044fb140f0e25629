from django.apps import AppConfig


class AtelierConfig(AppConfig):
    name = "beffroi.achat.consultations.ecrans"
    label = "atelier"
    verbose_name = "Atelier"
