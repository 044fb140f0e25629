from django.apps import AppConfig


class ProcesVerbauxConfig(AppConfig):
    name = "beffroi.proces_verbaux"
    verbose_name = "Procès-verbaux"

    def ready(self) -> None:
        from beffroi.journal import verification
        from beffroi.ouverture.events import SeanceClose
        from beffroi.proces_verbaux import cloture
        from beffroi.proces_verbaux.verification import relire_les_proces_verbaux
        from beffroi.socle import evenements

        evenements.abonner(SeanceClose, cloture.ecrire_le_proces_verbal)
        verification.declarer(relire_les_proces_verbaux)
