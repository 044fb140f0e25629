from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "beffroi.tours"
    verbose_name = "Tours d'offres"

    def ready(self) -> None:
        from beffroi.consultations.events import ConsultationDeclareeSansSuite
        from beffroi.socle import evenements
        from beffroi.tours.services import retirer_les_cles_des_tours

        evenements.abonner(ConsultationDeclareeSansSuite, retirer_les_cles_des_tours)
