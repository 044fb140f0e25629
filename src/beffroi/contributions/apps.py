from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "beffroi.contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from beffroi.contributions.verification import relire_les_appels
        from beffroi.journal import verification

        verification.declarer(relire_les_appels)
