from django.apps import AppConfig


class RegistreDesDepotsConfig(AppConfig):
    name = "beffroi.registre_des_depots"
    verbose_name = "Registre des dépôts"

    def ready(self) -> None:
        from beffroi.consultations.events import RenonciationDecidee
        from beffroi.depots.events import DepotMaterielInscrit, PliDepose
        from beffroi.journal import verification
        from beffroi.registre_des_depots import cloture, taches
        from beffroi.registre_des_depots.verification import relire_les_registres
        from beffroi.socle import evenements, rondes

        evenements.abonner(RenonciationDecidee, cloture.noter_avant_la_renonciation)
        evenements.abonner(PliDepose, taches.suivre_un_depot_tardif)
        evenements.abonner(DepotMaterielInscrit, taches.suivre_un_depot_materiel)
        rondes.declarer(cloture.constater_les_clotures)
        verification.declarer(relire_les_registres)
