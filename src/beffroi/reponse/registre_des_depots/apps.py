from django.apps import AppConfig


class RegistreDesDepotsConfig(AppConfig):
    name = "beffroi.reponse.registre_des_depots"
    label = "registre_des_depots"
    verbose_name = "Registre des dépôts"
