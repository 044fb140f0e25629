from django.apps import AppConfig


class RemisesEnConcurrenceConfig(AppConfig):
    name = "beffroi.remises_en_concurrence"
    verbose_name = "Remises en concurrence"

    def ready(self) -> None:
        from beffroi.consultations.events import (
            ConsultationDeclareeSansSuite,
            ConsultationModifiee,
            ConsultationPubliee,
        )
        from beffroi.remises_en_concurrence import abonnes
        from beffroi.socle import evenements

        evenements.abonner(ConsultationPubliee, abonnes.inviter)
        evenements.abonner(ConsultationModifiee, abonnes.prevenir_d_un_changement)
        evenements.abonner(ConsultationDeclareeSansSuite, abonnes.prevenir_d_une_renonciation)
