from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "beffroi.questions"
    verbose_name = "Questions et réponses"

    def ready(self) -> None:
        from beffroi.questions import taches
        from beffroi.socle import rondes

        rondes.declarer(taches.effacer)
