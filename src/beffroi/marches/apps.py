from django.apps import AppConfig


class MarchesConfig(AppConfig):
    name = "beffroi.marches"
    verbose_name = "Marchés"

    def ready(self) -> None:
        from beffroi.marches import abonnes, taches
        from beffroi.marches.events import MarcheNotifie
        from beffroi.socle import evenements, rondes

        evenements.abonner(MarcheNotifie, abonnes.preparer_la_fiche)
        rondes.declarer(taches.faire_le_tour)
