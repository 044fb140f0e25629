from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "beffroi.questions"
    verbose_name = "Questions et réponses"
