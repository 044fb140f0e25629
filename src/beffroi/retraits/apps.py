from django.apps import AppConfig


class RetraitsConfig(AppConfig):
    name = "beffroi.retraits"
    verbose_name = "Registre des retraits"

    def ready(self) -> None:
        from beffroi.consultations.events import ConsultationDeclareeSansSuite, ConsultationModifiee
        from beffroi.journal import verification
        from beffroi.retraits import annonces, port  # noqa: F401  le port se résout par son nom
        from beffroi.retraits.verification import relire_les_registres
        from beffroi.socle import evenements

        evenements.abonner(ConsultationModifiee, annonces.annoncer_un_changement)
        evenements.abonner(ConsultationDeclareeSansSuite, annonces.annoncer_la_fin)
        verification.declarer(relire_les_registres)
