from django.apps import AppConfig


class DonneesOuvertesConfig(AppConfig):
    name = "beffroi.donnees_ouvertes"
    verbose_name = "Données ouvertes"

    def ready(self) -> None:
        from beffroi.consultations import events
        from beffroi.donnees_ouvertes import services
        from beffroi.socle import evenements

        evenements.abonner(events.ConsultationPubliee, services.suivre_une_publication)
        evenements.abonner(events.ConsultationModifiee, services.suivre_un_changement)
        evenements.abonner(events.ConsultationDeclareeSansSuite, services.suivre_un_abandon)
        evenements.abonner(events.GardiensAppeles, services.suivre_un_recours)
        evenements.abonner(events.QuestionRepondue, services.suivre_une_reponse)
