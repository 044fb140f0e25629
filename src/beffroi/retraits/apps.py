from django.apps import AppConfig


class RetraitsConfig(AppConfig):
    name = "beffroi.retraits"
    verbose_name = "Registre des retraits"

    def ready(self) -> None:
        from beffroi.consultations.events import ConsultationDeclareeSansSuite, ConsultationModifiee, QuestionRepondue
        from beffroi.journal import verification
        from beffroi.retraits import annonces, port  # noqa: F401  le port se résout par son nom
        from beffroi.retraits.verification import relire_les_registres
        from beffroi.socle import evenements

        evenements.abonner(ConsultationModifiee, annonces.annoncer_un_changement)
        evenements.abonner(ConsultationDeclareeSansSuite, annonces.annoncer_la_fin)
        evenements.abonner(QuestionRepondue, annonces.annoncer_une_reponse)
        verification.declarer(relire_les_registres)
