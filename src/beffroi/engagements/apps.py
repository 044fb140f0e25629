from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "beffroi.engagements"
    verbose_name = "Engagements"

    def ready(self) -> None:
        from beffroi.engagements import abonnes, taches
        from beffroi.marches.events import MarcheInscrit
        from beffroi.socle import evenements, rondes

        evenements.abonner(MarcheInscrit, abonnes.ouvrir_les_engagements)
        rondes.declarer(taches.faire_le_tour)
