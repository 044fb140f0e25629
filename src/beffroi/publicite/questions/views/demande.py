"""Ce que l'on fait pareil avec un compte et sans :
lire l'envoi, porter la question, montrer la page où demander.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from beffroi.publicite.questions.forms import QuestionForm
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.services import Saisie
from beffroi.socle.guichet.actes import refus_dans, rendre


def question_saisie(request: HttpRequest) -> QuestionForm:
    return QuestionForm(request.POST or None, request.FILES or None)


def portee(
    request: HttpRequest, form: QuestionForm, poser: Callable[[Saisie], Question]
) -> Question | None:
    """La question reçue ;
    aucune si rien n'est envoyé ou s'il faut corriger, et le formulaire dit alors pourquoi.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    with refus_dans(form):
        return poser(form.saisie())
    return None


def montrer(
    request: HttpRequest, gabarit: str, form: forms.Form, page: dict[str, Any]
) -> HttpResponse:
    return rendre(request, f"questions/{gabarit}.html", page | {"form": form})
