from django.apps import AppConfig


class RegistreDesDepotsConfig(AppConfig):
    name = "beffroi.registre_des_depots"
    verbose_name = "Registre des dépôts"
