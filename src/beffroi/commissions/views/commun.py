"""Ce que chaque page fait de la même façon : rendre, et dire un refus dans le formulaire."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.socle.erreurs import RegleEnfreinte

FORMULAIRE = ["GET", "HEAD", "POST"]


def saisie(request: HttpRequest) -> Any:
    """Ce qui est envoyé, même vide : un formulaire vide se refuse."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, gabarit: str, **contexte: Any) -> HttpResponse:
    form = contexte.get("form")
    fautive = isinstance(form, forms.Form) and bool(form.errors)
    return render(request, f"commissions/{gabarit}.html", contexte, status=422 if fautive else 200)


def fait(request: HttpRequest, form: forms.Form, acte: Callable[[], object], message: str) -> bool:
    """L'acte, ou son refus dans le formulaire : ce qui était tapé n'est pas perdu."""
    if not form.is_valid():
        return False
    try:
        acte()
    except RegleEnfreinte as refus:
        for motif in refus.motifs or (refus.message,):
            form.add_error(None, str(motif))
        return False
    messages.success(request, message)
    return True
