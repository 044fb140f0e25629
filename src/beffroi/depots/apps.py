from django.apps import AppConfig


class DepotsConfig(AppConfig):
    name = "beffroi.depots"
    verbose_name = "Dépôts"

    def ready(self) -> None:
        from beffroi.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
        from beffroi.depots.recours import annoncer_la_renonciation, annoncer_les_gardiens
        from beffroi.depots.rondes import purger, rappeler
        from beffroi.depots.verification import relire_les_plis
        from beffroi.journal import verification
        from beffroi.socle import evenements, rondes

        evenements.abonner(ConsultationDeclareeSansSuite, annoncer_la_renonciation)
        evenements.abonner(GardiensAppeles, annoncer_les_gardiens)
        rondes.declarer(rappeler)
        rondes.declarer(purger)
        verification.declarer(relire_les_plis)
