from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "beffroi.journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from beffroi.journal import checks  # noqa: F401  importer les vérifications les enregistre
        from beffroi.journal.lignes import Marque
        from beffroi.journal.services import engager_le_reste

        Marque.filet = engager_le_reste
