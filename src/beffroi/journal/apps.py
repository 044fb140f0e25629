from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "beffroi.journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from beffroi.journal import checks, taches, temoins  # noqa: F401  importer les vérifications les enregistre
        from beffroi.socle import rondes

        rondes.declarer(taches.publier_l_autorite)
        rondes.declarer(taches.avancer_le_registre_public)
        rondes.declarer(taches.completer_les_jetons)
        rondes.declarer(taches.horodater_le_point_du_jour)
        rondes.declarer(temoins.faire_cosigner)
