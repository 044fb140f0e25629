from django.apps import AppConfig


class EntreprisesConfig(AppConfig):
    name = "beffroi.entreprises"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        from beffroi.comptes.events import CompteFerme
        from beffroi.entreprises import departs
        from beffroi.socle import evenements

        evenements.abonner(CompteFerme, departs.detacher)
