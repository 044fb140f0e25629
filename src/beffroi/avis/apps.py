from django.apps import AppConfig


class AvisConfig(AppConfig):
    name = "beffroi.avis"
    verbose_name = "Avis"

    def ready(self) -> None:
        from beffroi.avis import abonnements
        from beffroi.consultations.events import (
            ConsultationDeclareeSansSuite,
            ConsultationModifiee,
            ConsultationPubliee,
        )
        from beffroi.socle import evenements

        evenements.abonner(ConsultationPubliee, abonnements.consultation_publiee)
        evenements.abonner(ConsultationModifiee, abonnements.consultation_modifiee)
        evenements.abonner(ConsultationDeclareeSansSuite, abonnements.consultation_sans_suite)
