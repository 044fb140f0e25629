from django.apps import AppConfig


class RechercheConfig(AppConfig):
    name = "beffroi.recherche"
    verbose_name = "Recherche"

    def ready(self) -> None:
        from beffroi.consultations.events import (
            ConsultationDeclareeSansSuite,
            ConsultationModifiee,
            ConsultationPubliee,
            GardiensAppeles,
        )
        from beffroi.recherche import services, taches
        from beffroi.socle import evenements, rondes

        for evenement in (ConsultationPubliee, ConsultationModifiee, ConsultationDeclareeSansSuite, GardiensAppeles):
            evenements.abonner(evenement, services.suivre)
        rondes.declarer(taches.remplir_l_index_vide)
        rondes.declarer(taches.sortir_les_closes)
        rondes.declarer(taches.suivre_les_renommages)
