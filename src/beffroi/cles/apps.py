from django.apps import AppConfig


class ClesConfig(AppConfig):
    name = "beffroi.cles"
    verbose_name = "Clés"

    def ready(self) -> None:
        from beffroi.cles import departs
        from beffroi.cles.verification import relire_les_cles
        from beffroi.comptes.events import CompteFerme
        from beffroi.journal import verification
        from beffroi.organismes.events import HabilitationRetiree
        from beffroi.socle import evenements

        verification.declarer(relire_les_cles)
        evenements.abonner(HabilitationRetiree, departs.noter_les_parts_tenues)
        evenements.abonner(CompteFerme, departs.retirer_la_cle)
