from django.apps import AppConfig


class AntivirusConfig(AppConfig):
    name = "beffroi.antivirus"
    verbose_name = "Antivirus"

    def ready(self) -> None:
        from beffroi.antivirus import taches
        from beffroi.ouverture.events import EnveloppeOuverte
        from beffroi.socle import evenements, rondes

        evenements.abonner(EnveloppeOuverte, taches.enveloppe_ouverte)
        rondes.declarer(taches.rattraper_les_oublis)
