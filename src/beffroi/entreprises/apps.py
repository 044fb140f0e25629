from django.apps import AppConfig


class EntreprisesConfig(AppConfig):
    name = "beffroi.entreprises"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        from beffroi.comptes.events import CompteFerme
        from beffroi.entreprises import departs, taches
        from beffroi.socle import evenements, rondes

        evenements.abonner(CompteFerme, departs.detacher)
        rondes.declarer(taches.oublier_les_invitations)
