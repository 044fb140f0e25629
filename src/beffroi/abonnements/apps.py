from django.apps import AppConfig


class AbonnementsConfig(AppConfig):
    name = "beffroi.abonnements"
    verbose_name = "Abonnements"

    def ready(self) -> None:
        from beffroi.abonnements import taches
        from beffroi.socle import evenements, rondes
        from beffroi.socle.outbox import CourrielRefuse

        evenements.abonner(CourrielRefuse, taches.retenir_un_refus)
        rondes.declarer(taches.purger)
        rondes.declarer(taches.envoyer_les_resumes)
