from django.apps import AppConfig


class PiecesConfig(AppConfig):
    name = "beffroi.pieces"
    verbose_name = "Pièces des entreprises"

    def ready(self) -> None:
        from beffroi.comptes.events import CompteFerme
        from beffroi.entreprises.events import MembreDetache
        from beffroi.pieces import departs
        from beffroi.pieces.rondes import rappeler
        from beffroi.socle import evenements, rondes

        evenements.abonner(MembreDetache, departs.apres_un_depart)
        evenements.abonner(CompteFerme, departs.apres_une_fermeture)
        rondes.declarer(rappeler)
