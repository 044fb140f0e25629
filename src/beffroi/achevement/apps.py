from django.apps import AppConfig


class AchevementConfig(AppConfig):
    name = "beffroi.achevement"
    verbose_name = "Achèvement de la procédure"

    def ready(self) -> None:
        from beffroi.achevement import abonnes
        from beffroi.avis.events import ParutionEnvoyee, ParutionRefusee
        from beffroi.socle import evenements

        evenements.abonner(ParutionEnvoyee, abonnes.arreter_le_delai)
        evenements.abonner(ParutionRefusee, abonnes.relancer_le_delai)
