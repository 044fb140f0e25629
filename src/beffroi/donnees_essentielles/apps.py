from django.apps import AppConfig


class DonneesEssentiellesConfig(AppConfig):
    name = "beffroi.donnees_essentielles"
    verbose_name = "Données essentielles"

    def ready(self) -> None:
        from beffroi.donnees_essentielles import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.demander_l_envoi)
