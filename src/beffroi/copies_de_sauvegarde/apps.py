from django.apps import AppConfig


class CopiesDeSauvegardeConfig(AppConfig):
    name = "beffroi.copies_de_sauvegarde"
    verbose_name = "Copies de sauvegarde"

    def ready(self) -> None:
        from beffroi.copies_de_sauvegarde import taches
        from beffroi.copies_de_sauvegarde.events import CopieOuverte
        from beffroi.socle import evenements, rondes

        evenements.abonner(CopieOuverte, taches.copie_ouverte)
        rondes.declarer(taches.rattraper_les_oublis)
