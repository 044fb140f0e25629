"""Un acte demandé par un formulaire : inscrit, ou refusé dans le formulaire même. Ce qui était tapé n'est pas perdu."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beffroi.socle.erreurs import ConflitEtat, RegleEnfreinte


def tenter(
    request: HttpRequest, form: forms.Form, acte: Callable[[], object], *, fait: str, rien: str | None = None
) -> bool:
    """Vrai si l'acte est inscrit, et `fait` le dit ; sinon, chaque raison du refus est en tête du formulaire.

    `rien` : ce qui se dit quand l'acte n'a eu rien à inscrire.
    """
    try:
        inscrit = acte()
    except (RegleEnfreinte, ConflitEtat) as refus:
        for motif in refus.motifs or (refus.message,):
            form.add_error(None, str(motif))
        return False
    messages.success(request, fait if inscrit or rien is None else rien)
    return True


def rendre(request: HttpRequest, gabarit: str, contexte: Mapping[str, Any]) -> HttpResponse:
    """La page, en faute si son formulaire l'est."""
    form = contexte.get("form")
    fautive = isinstance(form, forms.Form) and form.errors
    return render(request, gabarit, dict(contexte), status=422 if fautive else 200)
