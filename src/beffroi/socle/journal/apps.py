from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "beffroi.socle.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from beffroi.socle.journal import checks  # noqa: F401  importer les vérifications les enregistre
        from beffroi.socle.journal.lignes import Marque
        from beffroi.socle.journal.services import engager_le_reste

        Marque.filet = engager_le_reste
