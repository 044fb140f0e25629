from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "beffroi.publicite.questions"
    label = "questions"
    verbose_name = "Questions et réponses"
